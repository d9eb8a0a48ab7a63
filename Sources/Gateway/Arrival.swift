import RoomModel

/// A connection on its way into a room, from its request to its welcome.
///
/// ```
/// asking ──admitted──▶ loading ──loaded──▶ (welcomed)
///    └──refused, or no answer in time──▶ (refused)
/// ```
package struct Arrival: Sendable {
    /// No owner takes this long, even when the room has to be claimed and loaded first.
    package static let patienceMilliseconds = 10_000
    /// A lost question is asked again after this.
    package static let retryMilliseconds = 1_000

    private let since: Int
    private var askedAt: Int?
    package private(set) var isAdmitted = false

    package init(at now: Int) {
        since = now
    }

    package enum Action: Equatable, Sendable {
        case ask
        case giveUp
        case wait
    }

    package mutating func tick(at now: Int) -> Action {
        if now - since >= Self.patienceMilliseconds { return .giveUp }
        guard !isAdmitted else { return .wait }
        if let askedAt, now - askedAt < Self.retryMilliseconds { return .wait }
        return .ask
    }

    /// Whether to ask now, for the first time or because a new owner may not have heard the question.
    package mutating func asks(at now: Int) -> Bool {
        guard !isAdmitted else { return false }
        askedAt = now
        return true
    }

    /// Whether this is news: only the first answer loads the room.
    package mutating func admitted() -> Bool {
        defer { isAdmitted = true }
        return !isAdmitted
    }
}
