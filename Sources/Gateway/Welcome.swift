import Coordination
import JSONText
import NIOCore
import RoomModel
import SocketIO
import WireFormat

/// The first event of every connection: where it is, who it is, and the room it came into.
struct Welcome {
    let room: RoomID
    let participant: ParticipantID
    let key: String
    let role: Role
    let epoch: Epoch
    /// The snapshot's JSON as it lies in Redis; nil on resume.
    let snapshot: ByteBuffer?
    let commits: CommitBatch?
    /// An interviewer's; nil for everybody else.
    let notes: RoomNotes?
    /// Where the log ends with them.
    let place: LogPlace

    func packet() -> PreparedPacket {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("session")
        writer.string(room.rawValue)
        writer.key("participant")
        writer.string(participant.rawValue)
        writer.key("key")
        writer.string(key)
        writer.key("role")
        writer.string(role.rawValue)
        writer.key("epoch")
        writer.integer(epoch.rawValue)
        if let snapshot {
            writer.key("snapshot")
            writer.raw(snapshot.readableBytesView)
        }
        writer.key("commits")
        writer.raw(commits?.json.readableBytesView ?? ByteBuffer(string: "[]").readableBytesView)
        if let notes {
            writer.key("notes")
            writer.raw(notes.argument().readableBytesView)
        }
        if let at = place.at {
            writer.key("at")
            writer.integer(at)
        }
        writer.key("limits")
        Self.writeLimits(into: &writer)
        writer.endObject()
        return .event("welcome", argumentsJSON: ByteBuffer(bytes: writer.bytes))
    }

    static func writeLimits(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("documentLengthMax")
        writer.integer(Limits.Room.documentLengthMax)
        writer.key("nameLengthMax")
        writer.integer(Limits.Room.nameLengthMax)
        writer.key("selectionsMax")
        writer.integer(Limits.Socket.selectionsMax)
        writer.key("editsPerSecond")
        writer.integer(Limits.Socket.proposalsPerSecond)
        writer.key("messageBytesMax")
        writer.integer(Limits.Socket.messageBytesMax)
        writer.endObject()
    }
}
