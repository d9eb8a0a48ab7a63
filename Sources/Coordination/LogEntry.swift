import NIOCore
import Redis
import RoomModel
import WireFormat

/// One entry of a room's log as the stream holds it: `[ID, ["c", JSON, …]]`.
///
/// The name of a field is the version of what it holds: `c` is a commit as this version reads it. A
/// newer version may write other fields beside it, which are passed over here.
struct LogEntry {
    private static let commitField = "c"

    let revision: Revision
    let json: ByteBuffer

    var place: LogPlace { LogPlace(revision, at: json.commitTime) }

    init(_ value: RESPValue) throws(WireError) {
        guard let parts = value.array, parts.count == 2,
            let id = parts[0].text?.prefix(while: { $0 != "-" }),
            let revision = Int(id).flatMap(Revision.checked), let fields = parts[1].array
        else { throw .malformed }
        guard let json = Self.value(of: Self.commitField, in: fields) else {
            throw .unknownVersion
        }
        self.revision = revision
        self.json = json
    }

    /// Names and values stand in turn.
    private static func value(of name: String, in fields: [RESPValue]) -> ByteBuffer? {
        for place in stride(from: 0, to: fields.count - 1, by: 2)
        where fields[place].text == name {
            return fields[place + 1].bytes
        }
        return nil
    }
}

extension CommitBatch {
    /// Consecutive log entries as one batch, nil where there are none.
    init?(entries values: [RESPValue], epoch: Epoch) throws(WireError) {
        var entries: [LogEntry] = []
        for value in values { entries.append(try LogEntry(value)) }
        guard let first = entries.first else { return nil }
        self.init(epoch: epoch, first: first.revision, entries: entries.map(\.json))
    }
}
