import Gateway
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
    /// Whether the room stands in the queue of those without an owner.
    var isOrphaned = false

    init(_ snapshot: Snapshot) {
        self.snapshot = snapshot
    }

    var revision: Revision { Revision(rawValue: log.count) }

    /// claim.lua: the room for its new owner, nil if another was first.
    mutating func claim(
        seen: Epoch
    ) -> (epoch: Epoch, room: Room, snapshot: Revision, refusals: [Refusal])? {
        guard seen == epoch else { return nil }
        epoch = Epoch(rawValue: epoch.rawValue + 1)
        var room = Room(snapshot)
        room.prependHistory(Array(log.prefix(snapshot.revision.rawValue)))
        for commit in log.dropFirst(snapshot.revision.rawValue) {
            do { try room.fold(commit) } catch { return nil }
        }
        return (epoch, room, snapshot.revision, Array(refusals.values))
    }

    /// commit.lua: what is published, nil if fenced.
    mutating func commit(_ batch: OwnerState.Batch, epoch: Epoch) -> [RoomMessage]? {
        guard epoch == self.epoch, batch.first == revision.next else { return nil }
        log += batch.commits
        for refusal in batch.refusals { refusals[refusal.participant] = refusal }
        var published = batch.answers.map(RoomMessage.init)
        if let commits = page(after: Revision(rawValue: batch.first.rawValue - 1)),
            !batch.commits.isEmpty
        {
            published.insert(.commits(commits), at: 0)
        }
        return published
    }

    /// snapshot.lua: false if fenced.
    mutating func save(_ snapshot: Snapshot, epoch: Epoch) -> Bool {
        guard epoch == self.epoch, snapshot.revision <= revision else { return false }
        self.snapshot = snapshot
        return true
    }

    /// XRANGE, in the bytes a gateway handles.
    func page(after revision: Revision) -> CommitBatch? {
        let entries = log.dropFirst(revision.rawValue).map { ByteBuffer(bytes: $0.json) }
        guard !entries.isEmpty else { return nil }
        return CommitBatch(epoch: epoch, first: revision.next, entries: Array(entries))
    }
}
