import JSONText
package import NIOCore
package import RoomModel

extension RoomMessage {
    /// The argument of a `rejected` event.
    package static func rejected(_ number: ProposalNumber, _ rejection: Rejection) -> ByteBuffer {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("number")
        writer.integer(number.rawValue)
        writer.key("code")
        writer.string(rejection.rawValue)
        writer.key("message")
        writer.string(rejection.message)
        writer.endObject()
        return ByteBuffer(bytes: writer.bytes)
    }
}
