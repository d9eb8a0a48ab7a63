import Coordination
import NIOCore
import Ownership
import RoomModel
import WireFormat

/// One room as Redis keeps it: what each script does in one step, without the network around it.
struct SimulatedRedis {
    private(set) var epoch = Epoch(rawValue: 0)
    private(set) var log: [Commit] = []
    private(set) var snapshot: Snapshot
    private(set) var refusals: [ParticipantID: Refusal] = [:]
    private(set) var notes: [String: Note] = [:]
    private(set) var noteCount = 0
    /// Whether the room stands in the queue of those without an owner.
    var isOrphaned = false

    init(_ snapshot: Snapshot, log: [Commit]) {
        self.snapshot = snapshot
        self.log = log
    }

    var revision: Revision { Revision(rawValue: log.count) }

    var place: LogPlace {
        log.last.map { LogPlace($0.revision, at: $0.at) } ?? .start
    }

    /// The fold of the log, nil where it does not fit the snapshot.
    var room: Room? {
        var room = Room(snapshot)
        room.prependHistory(Array(log.prefix(snapshot.revision.rawValue)))
        for commit in log.dropFirst(snapshot.revision.rawValue) {
            do { try room.fold(commit) } catch { return nil }
        }
        return room
    }

    /// The same for a version that knows every kind there is: nothing in it is unknown.
    var knownRoom: Room? {
        guard let snapshot = room?.snapshot else { return nil }
        var room = Room(snapshot)
        room.prependHistory(log)
        return room
    }

    struct Claimed {
        let epoch: Epoch
        let room: Room
        let snapshotRevision: Revision
        let refusals: [Refusal]
    }

    /// claim.lua: the room for its new owner, nil if another was first.
    mutating func claim(seen: Epoch) -> Claimed? {
        guard seen == epoch else { return nil }
        epoch = Epoch(rawValue: epoch.rawValue + 1)
        guard let room else { return nil }
        return Claimed(
            epoch: epoch,
            room: room,
            snapshotRevision: snapshot.revision,
            refusals: Array(refusals.values)
        )
    }

    /// commit.lua: what is published, nil if fenced.
    mutating func commit(_ batch: OwnerState.Batch, epoch: Epoch) -> [RoomMessage]? {
        guard epoch == self.epoch, batch.first == revision.next else { return nil }
        for refusal in batch.refusals { refusals[refusal.participant] = refusal }
        let answers = batch.answers.map(RoomMessage.init)
        let commits = append(batch.commits, from: batch.first, epoch: epoch)
        return commits.map { [$0] + answers } ?? answers
    }

    /// What is published of them, nil if fenced, or if there are none.
    mutating func append(_ commits: [Commit], from first: Revision, epoch: Epoch) -> RoomMessage? {
        guard epoch == self.epoch, first == revision.next else { return nil }
        log += commits
        return entries(from: first).map(RoomMessage.commits)
    }

    /// snapshot.lua: false if fenced.
    mutating func save(_ snapshot: Snapshot, epoch: Epoch) -> Bool {
        guard epoch == self.epoch, snapshot.revision <= revision else { return false }
        self.snapshot = snapshot
        return true
    }

    /// note.lua: what is published, nil if fenced.
    mutating func write(_ note: Note, epoch: Epoch) -> [RoomMessage]? {
        guard epoch == self.epoch else { return nil }
        let stored = notes[note.id]
        if stored?.text ?? "" != note.text { noteCount += 1 }
        notes[note.id] = note.text.isEmpty ? nil : note
        let json = String(buffer: NoteBook.argument(note.id, note.text))
        return [
            .notes(count: noteCount, id: note.id, body: ByteBuffer(string: "[\(json)]"))
        ]
    }

    var allNotes: RoomNotes {
        RoomNotes(
            count: noteCount,
            notes: notes.values.sorted { $0.id < $1.id }.map {
                RoomNotes.Note(id: $0.id, json: NoteBook.argument($0.id, $0.text))
            }
        )
    }

    /// XRANGE, in the bytes a gateway handles.
    func page(after place: LogPlace) -> LogPage {
        LogPage(entries(from: max(place.revision, Revision.zero.next)), after: place)
    }

    private func entries(from first: Revision) -> CommitBatch? {
        let entries = log.dropFirst(first.rawValue - 1).map { ByteBuffer(bytes: $0.json) }
        guard !entries.isEmpty else { return nil }
        return CommitBatch(epoch: epoch, first: first, entries: Array(entries))
    }
}
