import Coordination
import JSONText
import NIOCore
import RoomModel
import SocketIO
import WireFormat

/// The first event of every connection: where it is, who it is, and the room it came into.
struct Welcome {
    let introduction: Introduction
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
        introduction.encodeMembers(into: &writer)
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
        Introduction.encodeLimits(into: &writer)
        writer.endObject()
        return .event("welcome", argumentsJSON: ByteBuffer(bytes: writer.bytes))
    }
}
