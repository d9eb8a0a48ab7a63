import NIOCore
import Redis
import RoomModel
import WireFormat

/// One entry of a room's log as the stream holds it: `[ID, ["c", JSON]]`.
struct LogEntry {
    let revision: Revision
    let json: ByteBuffer

    var place: LogPlace { LogPlace(revision, at: json.commitTime) }

    init(_ value: RESPValue) throws(WireError) {
        guard let parts = value.array, parts.count == 2,
            let id = parts[0].text?.prefix(while: { $0 != "-" }), let revision = Int(id),
            let fields = parts[1].array, fields.count == 2, let json = fields[1].bytes
        else { throw .malformed }
        self.revision = Revision(rawValue: revision)
        self.json = json
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
