import JSONText
import NIOCore
import RoomModel
import WireFormat

/// What a simulated person sends, as Engine.IO packets.
enum ClientMessage {
    static let pong = ByteBuffer(string: "3")
    static let disconnect = ByteBuffer(string: "41")

    /// Proves on a return that the place is the person's.
    struct Resume {
        let participant: ParticipantID
        let key: String
        let revision: Revision
    }

    static func connect(token: String, name: String, resume: Resume?) -> ByteBuffer {
        packet("40") { writer in
            writer.beginObject()
            writer.key("token")
            writer.string(token)
            writer.key("name")
            writer.string(name)
            if let resume {
                writer.key("resume")
                writer.beginObject()
                writer.key("participant")
                writer.string(resume.participant.rawValue)
                writer.key("key")
                writer.string(resume.key)
                writer.key("revision")
                writer.integer(resume.revision.rawValue)
                writer.endObject()
            }
            writer.endObject()
        }
    }

    static func proposal(_ request: Proposal.Request) -> ByteBuffer {
        packet("42") { writer in
            writer.beginArray()
            switch request {
            case .edit(let number, let base, let operation):
                begin("edit", number, &writer)
                writer.key("revision")
                writer.integer(base.rawValue)
                writer.key("operation")
                operation.encode(into: &writer)
            case .wish(let number, let wish):
                begin(wish.event.rawValue, number, &writer)
                wish.encodeArgument(into: &writer)
            // Gateways join and leave for us.
            case .join, .leave: writer.beginObject()
            }
            writer.endObject()
            writer.endArray()
        }
    }

    static func select(revision: Revision, anchor: Int, head: Int) -> ByteBuffer {
        packet("42") { writer in
            writer.beginArray()
            writer.string("select")
            writer.beginObject()
            writer.key("revision")
            writer.integer(revision.rawValue)
            writer.key("selections")
            writer.beginArray()
            writer.beginArray()
            writer.integer(anchor)
            writer.integer(head)
            writer.endArray()
            writer.endArray()
            writer.endObject()
            writer.endArray()
        }
    }

    private static func begin(_ event: String, _ number: ProposalNumber, _ writer: inout JSONWriter)
    {
        writer.string(event)
        writer.beginObject()
        writer.key("number")
        writer.integer(number.rawValue)
    }

    private static func packet(_ type: StaticString, _ write: (inout JSONWriter) -> Void)
        -> ByteBuffer
    {
        let json = JSONWriter.bytes(write)
        var buffer = ByteBuffer()
        buffer.reserveCapacity(json.count + type.utf8CodeUnitCount)
        buffer.writeStaticString(type)
        buffer.writeBytes(json)
        return buffer
    }
}
