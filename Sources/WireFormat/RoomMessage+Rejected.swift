import JSONText
package import NIOCore
package import RoomModel

extension RoomMessage {
    /// The argument of a `rejected` event.
    package static func rejected(_ number: ProposalNumber, _ rejection: Rejection) -> ByteBuffer {
        rejected(number, note: nil, rejection, rejection.message)
    }

    /// The same about a private note, which has an ID and no number.
    package static func rejected(note id: String, _ rejection: Rejection) -> ByteBuffer {
        rejected(.none, note: id, rejection, rejection.messageAboutNotes)
    }

    private static func rejected(
        _ number: ProposalNumber,
        note: String?,
        _ rejection: Rejection,
        _ message: String
    ) -> ByteBuffer {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("number")
        writer.integer(number.rawValue)
        if let note {
            writer.key("note")
            writer.string(note)
        }
        writer.key("code")
        writer.string(rejection.rawValue)
        writer.key("message")
        writer.string(message)
        writer.endObject()
        return ByteBuffer(bytes: writer.bytes)
    }
}
