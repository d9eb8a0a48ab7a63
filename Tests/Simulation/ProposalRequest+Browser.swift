import JSONText
import NIOCore
import RoomModel
import WireFormat

extension Proposal.Request {
    var number: ProposalNumber {
        switch self {
        case .edit(let number, _, _), .wish(let number, _): number
        case .join, .leave: .none
        }
    }

    var event: ProposalEvent {
        switch self {
        case .wish(_, let wish): wish.event
        case .edit, .join, .leave: .edit
        }
    }

    /// As a browser writes it.
    var body: ByteBuffer {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("number")
        writer.integer(number.rawValue)
        switch self {
        case .edit(_, let base, let operation):
            writer.key("revision")
            writer.integer(base.rawValue)
            writer.key("operation")
            operation.encode(into: &writer)
        case .wish(_, let wish): wish.encodeArgument(into: &writer)
        case .join, .leave: break
        }
        writer.endObject()
        return ByteBuffer(bytes: writer.bytes)
    }
}
