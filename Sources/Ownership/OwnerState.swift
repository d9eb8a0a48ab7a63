package import RoomModel
package import WireFormat

/// One room at its owner: what to do next, without doing it.
///
/// ```
/// claiming ──claimed──▶ owned ──letGo──▶ gone
///     └──────────refused──────────────────▲
/// ```
/// Messages that arrive while the room is claimed, or while as many calls are under way as may be,
/// wait and make the next batch. Whatever is refused or has an unknown outcome ends in `gone`: the
/// room is thrown away and whoever owns it next reads the log.
package struct OwnerState: Sendable {
    package enum Phase: Equatable, Sendable {
        case claiming
        case owned
        case gone
    }

    /// A message as the owner takes it: a proposal's body has been read, or found malformed.
    package enum Incoming: Equatable, Sendable {
        case proposal(OwnerMessage.Sender, Proposal.Request)
        case malformed(OwnerMessage.Sender, ProposalEvent.Malformed)
        case note(OwnerMessage.Sender, NoteEvent)
        case malformedNote(OwnerMessage.Sender, NoteEvent.Malformed)
        case join(OwnerMessage.Sender, name: String)
        case leave(OwnerMessage.Sender, LeaveReason)
        case holding(gateway: String, [OwnerMessage.Sender])
        case gatewayGone(String)
        /// Long enough after the claim that every gateway has said whom it holds.
        case attendanceDue
    }

    /// What one turn of the loop has decided, to be carried out in one call each.
    package struct Batch: Equatable, Sendable {
        /// The revision of the first commit, or the one that would come next.
        package var first: Revision
        package var commits: [Commit] = []
        /// What was refused for good just now: the next owner has to know it too.
        package var refusals: [Refusal] = []
        package var answers: [Answer] = []
        /// Private notes to be written, each in a call of its own.
        package var notes: [Note] = []

        package var isEmpty: Bool { !isCommitted && notes.isEmpty }

        /// Whether there is anything for commit.lua.
        package var isCommitted: Bool { !commits.isEmpty || !answers.isEmpty }
    }

    /// What somebody is told apart from commits.
    package enum Answer: Equatable, Sendable {
        case rejected(ParticipantID, ProposalNumber, Rejection)
        case noteRejected(ParticipantID, note: String, Rejection)
        case admitted(ConnectionID)
        /// Its participant has joined and has to wait.
        case held(ConnectionID)
        case refused(ConnectionID, Rejection)
        case evicted(ConnectionID)
        /// What was proposed is in the log already, or was refused; the room is at this revision.
        case head(Revision)
    }

    package private(set) var phase = Phase.claiming
    package private(set) var epoch: Epoch?
    package private(set) var room: Room?
    package internal(set) var attendance = Attendance()
    /// The newest proposal of each participant that was refused for good, under whichever owner.
    ///
    /// Bounded by the room's roster.
    var rejections: [ParticipantID: (number: ProposalNumber, rejection: Rejection)] = [:]
    private var waiting: [Incoming] = []
    private var callsInFlight = 0
    private var snapshotRevision = Revision.zero

    package init() {}

    // MARK: Claiming

    package mutating func claimed(
        _ room: Room,
        epoch: Epoch,
        snapshotRevision: Revision,
        refusals: [Refusal]
    ) {
        guard phase == .claiming else { return }
        phase = .owned
        for refusal in refusals where room.roster[refusal.participant] != nil {
            rejections[refusal.participant] = (refusal.number, refusal.rejection)
        }
        self.room = room
        self.epoch = epoch
        self.snapshotRevision = snapshotRevision
    }

    /// Another process has claimed the room; true if that ends our time with it.
    package mutating func heard(_ newer: Epoch) -> Bool {
        guard let epoch, newer > epoch else { return false }
        letGo()
        return true
    }

    package mutating func letGo() {
        phase = .gone
        room = nil
        waiting = []
    }

    // MARK: Ordering

    /// Takes what arrived; false if there is no place to keep it, so its sender will send it again.
    package mutating func received(_ incoming: Incoming) -> Bool {
        guard phase != .gone, waiting.count < Limits.Log.proposalsWaitingMax else { return false }
        waiting.append(incoming)
        return true
    }

    /// Decides about what waits, as far as calls may be under way; nil if nothing is to be done.
    package mutating func turn(at now: Int) -> Batch? {
        guard hasWork, var room else { return nil }
        // Moved out while it is changed: two owners of its storage would mean a copy.
        self.room = nil
        var batch = Batch(first: room.revision.next)
        var taken = 0
        while taken < waiting.count, batch.commits.count < Limits.Log.commitsPerBatch {
            order(waiting[taken], in: &room, at: now, into: &batch)
            taken += 1
        }
        waiting.removeFirst(taken)
        self.room = room
        guard !batch.isEmpty else { return nil }
        if batch.isCommitted { callsInFlight += 1 }
        return batch
    }

    /// A call of commit.lua has been answered; anything but success ends our time with the room.
    package mutating func committed(_ succeeded: Bool) {
        callsInFlight -= 1
        if !succeeded { letGo() }
    }

    package var hasWork: Bool {
        phase == .owned && !waiting.isEmpty && callsInFlight < Limits.Log.callsInFlightMax
    }

    package var isWaiting: Bool { !waiting.isEmpty }

    package var waitingCount: Int { waiting.count }

    /// Nothing waits and nothing is under way: the log holds all that this owner was asked for.
    package var isSettled: Bool { waiting.isEmpty && callsInFlight == 0 }

    // MARK: Snapshots

    /// The snapshot to write, if there is anything new and `commits` of it or more.
    ///
    /// None of a room that holds what a newer version put there: it would be lost with our snapshot.
    package mutating func snapshotDue(after commits: Int) -> Snapshot? {
        guard phase == .owned, let room, !room.holdsUnknown, room.revision > snapshotRevision,
            room.revision.rawValue - snapshotRevision.rawValue >= commits
        else { return nil }
        snapshotRevision = room.revision
        return room.snapshot
    }
}
