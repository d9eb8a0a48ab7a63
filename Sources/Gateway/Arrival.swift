import RoomModel

/// A connection on its way into a room, from its request to its welcome.
///
/// ```
/// asking ──admitted──▶ loading ──loaded──▶ (welcomed)
///    ├──held──▶ waiting ──admitted──▲
///    └──refused, or no answer in time──▶ (refused)
/// ```
/// Only the owner's word moves it on to `loading`, and it has no part in what is delivered before.
package struct Arrival: Sendable {
    /// No owner takes this long, even when the room has to be claimed and loaded first.
    package static let patienceMilliseconds = 10_000
    /// A lost question is asked again after this.
    package static let retryMilliseconds = 1_000
    /// Who waits is asked about again after this: that they were let in may be what was lost.
    package static let waitingRetryMilliseconds = 10_000

    private enum Phase {
        case asking
        case waiting
        case loading
    }

    private var phase = Phase.asking
    private var since: Int
    private var askedAt: Int?

    package init(at now: Int) {
        since = now
    }

    /// An interviewer has to let it in, however long that takes.
    package var isWaiting: Bool { phase == .waiting }

    package enum Action: Equatable, Sendable {
        case ask
        case giveUp
        case wait
    }

    package mutating func tick(at now: Int) -> Action {
        if !isWaiting, now - since >= Self.patienceMilliseconds { return .giveUp }
        guard phase != .loading else { return .wait }
        let retry = isWaiting ? Self.waitingRetryMilliseconds : Self.retryMilliseconds
        if let askedAt, now - askedAt < retry { return .wait }
        return .ask
    }

    /// Whether to ask now, for the first time or because a new owner may not have heard the question.
    package mutating func asks(at now: Int) -> Bool {
        guard phase != .loading else { return false }
        askedAt = now
        return true
    }

    /// Whether this is news: only the first answer loads the room.
    package mutating func admitted(at now: Int) -> Bool {
        guard phase != .loading else { return false }
        if isWaiting { since = now }
        phase = .loading
        return true
    }

    /// Whether it is news that they have to wait; an answer from before they were let in is none.
    package mutating func held() -> Bool {
        guard phase == .asking else { return false }
        phase = .waiting
        return true
    }
}
