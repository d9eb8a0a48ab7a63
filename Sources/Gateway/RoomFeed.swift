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
        case readLog(after: LogPlace)
        /// The log lost its end in a failure: what was handed on may not be in it. Everybody has to
        /// begin anew, and so does the feed.
        case startOver
        case wait
    }

    private var phase = Phase.starting
    /// Everything up to here has been handed on.
    package private(set) var place = LogPlace.start
    package private(set) var epoch = Epoch(rawValue: 0)
    /// The newest revision anybody has told of.
    private var newest = Revision.zero
    /// What was known to be the newest when the log was asked: its answer holds that much.
    private var newestWhenAsked = Revision.zero
    /// The log could not be read, or the subscription was interrupted after it was asked, so that its
    /// answer may be too old.
    private var mustAskAgain = false
    private var isInterrupted = false
    /// Whether the log is known to hold what was handed on: not from an interruption of the
    /// subscription, behind which Redis may have lost something, until the log has been read.
    package private(set) var isCertain = true
    /// An epoch that a failure took back may be given out again.
    private var anyEpochIsNews = false

    package init() {}

    package var revision: Revision { place.revision }

    package var isStarted: Bool { phase != .starting }

    /// The subscription stands, and the room was at this revision after that.
    package mutating func started(at place: LogPlace, epoch: Epoch) -> Action {
        guard phase == .starting else { return .wait }
        phase = .following
        self.place = place
        isCertain = !isInterrupted
        self.epoch = max(self.epoch, epoch)
        return catchUp()
    }

    package mutating func received(_ batch: CommitBatch) -> Action {
        newest = max(newest, batch.last)
        guard phase == .following else { return .wait }
        guard let fresh = batch.dropping(through: revision) else { return .wait }
        guard fresh.first == revision.next else { return catchUp() }
        place = fresh.place
        return .deliver(fresh)
    }

    /// The log is said to reach to this revision: an announcement before it may be what was lost.
    package mutating func received(head: Revision) -> Action {
        newest = max(newest, head)
        return phase == .following ? catchUp() : .wait
    }

    /// A newer owner; false when that is no news.
    package mutating func received(_ epoch: Epoch) -> Bool {
        guard epoch > self.epoch || anyEpochIsNews else { return false }
        anyEpochIsNews = false
        self.epoch = epoch
        return true
    }

    package mutating func interrupted() {
        isInterrupted = true
        isCertain = false
    }

    /// The subscription stands, for the first time or again.
    package mutating func subscribed() -> Action {
        isInterrupted = false
        isCertain = false
        anyEpochIsNews = true
        return mayHaveMissed()
    }

    /// Something may have been lost that shows no gap: only the log knows.
    package mutating func mayHaveMissed() -> Action {
        if phase == .reading { mustAskAgain = true }
        return phase == .following ? readLog() : .wait
    }

    /// A page of the log came back.
    package mutating func read(_ page: LogPage) -> [Action] {
        guard phase == .reading else { return [] }
        guard case .follows(let batch) = page else { return [.startOver] }
        phase = .following
        if !isInterrupted, !mustAskAgain { isCertain = true }
        var actions: [Action] = []
        var isFull = false
        if let fresh = batch?.dropping(through: revision), fresh.first == revision.next {
            place = fresh.place
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
        return .readLog(after: place)
    }
}
