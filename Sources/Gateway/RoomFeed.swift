package import RoomModel
package import WireFormat

/// Follows one room's commits without gaps, whatever the channel loses, repeats or reorders.
///
/// ```
/// starting ──started──▶ following ◀──read── reading
///                           └──gap, resubscribed──▲
/// ```
/// Revisions have no gaps, so a batch that does not follow is proof of a loss, and the log has it.
package struct RoomFeed: Sendable {
    private enum Phase {
        case starting
        case following
        case reading
    }

    package enum Action: Equatable, Sendable {
        case deliver(CommitBatch)
        case readLog(after: Revision)
        case wait
    }

    private var phase = Phase.starting
    /// Everything up to here has been handed on.
    package private(set) var revision = Revision.zero
    package private(set) var epoch = Epoch(rawValue: 0)
    /// The newest revision anybody has told of.
    private var newest = Revision.zero
    /// What was known to be the newest when the log was asked: its answer holds that much.
    private var newestWhenAsked = Revision.zero
    /// The log could not be read, or the subscription was interrupted after it was asked, so that its
    /// answer may be too old.
    private var mustAskAgain = false

    package init() {}

    package var isStarted: Bool { phase != .starting }

    /// The subscription stands, and the room was at this revision after that.
    package mutating func started(at revision: Revision, epoch: Epoch) -> Action {
        guard phase == .starting else { return .wait }
        phase = .following
        self.revision = revision
        self.epoch = max(self.epoch, epoch)
        return catchUp()
    }

    package mutating func received(_ batch: CommitBatch) -> Action {
        newest = max(newest, batch.last)
        guard phase == .following else { return .wait }
        guard let fresh = batch.dropping(through: revision) else { return .wait }
        guard fresh.first == revision.next else { return catchUp() }
        revision = fresh.last
        return .deliver(fresh)
    }

    /// A newer owner; false when that is no news.
    package mutating func received(_ epoch: Epoch) -> Bool {
        guard epoch > self.epoch else { return false }
        self.epoch = epoch
        return true
    }

    /// The subscription was interrupted: only the log knows whether anything was missed.
    package mutating func mayHaveMissed() -> Action {
        if phase == .reading { mustAskAgain = true }
        return phase == .following ? readLog() : .wait
    }

    /// A page of the log came back, nil where there was nothing new.
    package mutating func read(_ batch: CommitBatch?) -> [Action] {
        guard phase == .reading else { return [] }
        phase = .following
        var actions: [Action] = []
        var isFull = false
        if let fresh = batch?.dropping(through: revision), fresh.first == revision.next {
            revision = fresh.last
            actions.append(.deliver(fresh))
            isFull = fresh.lengths.count >= Limits.Log.commitsPerPage
        } else if newest == newestWhenAsked {
            // What was announced before the question and is not in the answer was deleted meanwhile.
            // What was announced after it may have overtaken the answer: that is asked for again.
            newest = revision
        }
        let next = isFull || mustAskAgain ? readLog() : catchUp()
        return next == .wait ? actions : actions + [next]
    }

    /// The log could not be read; the next batch that does not follow tries again, or `retry`.
    package mutating func readFailed() {
        guard phase == .reading else { return }
        phase = .following
        mustAskAgain = true
    }

    /// Asks the log again if it could not be read before: a quiet room brings no batch that would.
    package mutating func retry() -> Action {
        phase == .following && mustAskAgain ? readLog() : .wait
    }

    private mutating func catchUp() -> Action {
        newest > revision ? readLog() : .wait
    }

    private mutating func readLog() -> Action {
        phase = .reading
        newestWhenAsked = newest
        mustAskAgain = false
        return .readLog(after: revision)
    }
}
