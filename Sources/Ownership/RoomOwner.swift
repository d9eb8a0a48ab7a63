// Hot path 3 of 6: takes what this turn of the loop brought and commits it in one call.
// Next: Room.swift, then RoomChannels+Commit.swift.

import Coordination
import CoreMetrics
import EventLoopIsolation
import Logging
import NIOCore
import RoomModel
import TraceLines
import Tracing
import WireFormat

/// One room that this process owns, or is about to: carries out what `OwnerState` decides.
///
/// `+Claiming` is how it comes and goes.
@LoopActor
final class RoomOwner {
    let room: RoomKeys
    var state = OwnerState()
    let channels: RoomChannels
    let clock: ProcessClock
    let metrics: OwnerMetrics
    let logger: Logger
    /// Called once, when this process has nothing more to do with the room.
    let onGone: @LoopActor (RoomOwner) -> Void
    private var turnIsScheduled = false
    var isGone = false
    /// Since when there are messages that no turn has taken.
    private var waitingSince: NIODeadline?
    /// When somebody last changed the room, and since when nobody is there, in uptime milliseconds.
    private(set) var changedAt: Int
    private(set) var emptySince: Int?
    /// What the room costs: itself, and its commits a second.
    private(set) var pace = Pace()
    /// When another owner handed the room to this one, and whether this one hands it on.
    var handedAt: Int?
    var isHandedOver = false
    private var retention: RetentionClock
    private var trail: RoomTrail

    init(
        _ room: RoomKeys,
        channels: RoomChannels,
        clock: ProcessClock,
        metrics: OwnerMetrics,
        spans: SpanSource?,
        logger: Logger,
        onGone: @escaping @LoopActor (RoomOwner) -> Void
    ) {
        self.room = room
        self.channels = channels
        self.clock = clock
        self.metrics = metrics
        self.logger = logger
        self.onGone = onGone
        changedAt = clock.uptimeMilliseconds()
        retention = RetentionClock(keptAt: changedAt)
        trail = RoomTrail(spans)
    }

    // MARK: Ordering

    /// Takes a message; everything that arrives in this turn of the loop is ordered together.
    func received(_ message: OwnerMessage) {
        if case .claimed(let epoch) = message {
            if state.heard(epoch) { lost(because: "claimed by another") }
            return
        }
        log(message)
        guard let incoming = OwnerState.Incoming(message) else { return }
        let place = state.waitingCount
        take(incoming)
        if case .traced(let message, let trace) = message, state.waitingCount > place {
            trail.arrived(message, of: trace, behind: place)
        }
    }

    func take(_ incoming: OwnerState.Incoming) {
        if waitingSince == nil { waitingSince = .now() }
        if !state.received(incoming) { logger.debug("message was dropped", metadata: about) }
        scheduleTurn()
    }

    func scheduleTurn() {
        guard !turnIsScheduled, state.hasWork else { return }
        turnIsScheduled = true
        LoopActor.eventLoop.execute { LoopActor.assumeIsolated { self.turn() } }
    }

    private func turn() {
        turnIsScheduled = false
        guard let epoch = state.epoch else { return }
        let before = state.waitingCount
        let batch = state.turn(at: clock.wallMilliseconds())
        trail.took(before - state.waitingCount, into: batch)
        let since = waitingSince ?? .now()
        if !state.isWaiting { waitingSince = nil }
        guard let batch else { return }
        if batch.isCommitted { commit(batch, epoch: epoch, since: since) }
        for note in batch.notes { write(note, epoch: epoch) }
        scheduleTurn()
    }

    private func commit(_ batch: OwnerState.Batch, epoch: Epoch, since: NIODeadline) {
        changedAt = clock.uptimeMilliseconds()
        pace.committed(batch.commits.count)
        let span = trail.takeCall()
        channels.commit(
            batch.commits,
            refusing: batch.refusals,
            then: batch.answers.map(RoomMessage.init),
            first: batch.first,
            epoch: epoch,
            in: room,
            trace: span?.place
        ) { outcome in
            span?.end(as: outcome)
            self.committed(outcome)
            self.measure(batch, outcome, since: since)
        }
    }

    private func committed(_ outcome: FencedOutcome) {
        state.committed(outcome == .done)
        guard outcome != .fenced else { return lost(because: "commit fenced") }
        guard outcome == .done else { return letGo(because: "commit \(outcome)") }
        saveSnapshot(after: Limits.Log.commitsPerSnapshot)
        scheduleTurn()
    }

    private func measure(_ batch: OwnerState.Batch, _ outcome: FencedOutcome, since: NIODeadline) {
        switch outcome {
        case .done:
            metrics.answered(batch)
            log(batch)
        case .fenced: metrics.fenced.increment()
        case .failed: metrics.failed.increment()
        }
        metrics.commit.recordNanoseconds((.now() - since).nanoseconds)
    }

    // MARK: Beside the path

    /// Writes a snapshot if there are `commits` or more since the last.
    func saveSnapshot(after commits: Int) {
        guard let epoch = state.epoch, let snapshot = state.snapshotDue(after: commits) else {
            return
        }
        channels.save(snapshot, epoch: epoch, in: room) { outcome in
            // A snapshot that was not written costs the next owner a longer tail, nothing else.
            switch outcome {
            case .done: self.metrics.snapshots.increment()
            case .fenced: self.lost(because: "snapshot fenced")
            case .failed: break
            }
        }
    }

    /// A note whose fate is unknown is sent again by its author.
    private func write(_ note: Note, epoch: Epoch) {
        channels.write(note, epoch: epoch, in: room) { outcome in
            if outcome == .fenced { self.lost(because: "note fenced") }
        }
    }

    func secondPassed() { pace.secondPassed() }

    func noteAttendance(at now: Int) {
        emptySince = state.attendance.isEmpty ? emptySince ?? now : nil
        if retention.isDue(at: now, attended: emptySince == nil) { channels.keep(room) }
    }
}
