package import WireFormat

/// Notices that a room's owner does not answer: killed with what it was about to commit, hung, or cut
/// off without Redis knowing.
///
/// It decides about liveness only. An owner that was merely slow is fenced by its epoch; a wrong
/// guess costs one claim and no edit.
package struct OwnerWatch: Sendable {
    /// A healthy owner has answered by then.
    ///
    /// Where nobody listens any more, waiting longer is in vain.
    package static let lookMilliseconds = 50
    /// Longer than any healthy owner takes, shorter than a typist's patience.
    package static let silenceMilliseconds = 2_000
    /// Redis hands an offered room to whoever waits, and that may be the very owner that hangs.
    package static let secondOfferMilliseconds = 250
    private static let intervalMilliseconds = 1_000

    package enum Action: Equatable, Sendable {
        case wait
        /// Ask whether anybody listens, and offer the room if not.
        case look
        case offer
    }

    private struct Question {
        let askedAt: Int
        var nextAt: Int
        /// Doubles, so that an outage is not made worse by asking.
        var interval: Int
        var isOffered = false
    }

    private var question: Question?

    package init() {}

    /// Something was asked and nothing was heard since.
    package var isWaiting: Bool { question != nil }

    package mutating func asked(at now: Int) {
        guard question == nil else { return }
        question = Question(
            askedAt: now,
            nextAt: now + Self.lookMilliseconds,
            interval: 2 * Self.lookMilliseconds
        )
    }

    /// A commit, a rejection or a new epoch: the owner lives.
    package mutating func heard() {
        question = nil
    }

    package mutating func tick(at now: Int) -> Action {
        guard var question, now >= question.nextAt else { return .wait }
        defer { self.question = question }
        let silentAt = question.askedAt + Self.silenceMilliseconds
        if now >= silentAt, !question.isOffered {
            question.isOffered = true
            question.interval = Self.secondOfferMilliseconds
        }
        question.nextAt = now + question.interval
        question.interval = min(2 * question.interval, Self.intervalMilliseconds)
        if question.isOffered { return .offer }
        question.nextAt = min(question.nextAt, silentAt)
        return .look
    }
}

extension RoomMessage {
    /// Whether it shows that the owner does what it is asked.
    ///
    /// An epoch does only where it is news, which a feed decides.
    package var isOwnersAnswer: Bool {
        switch self {
        case .commits, .rejected, .notes, .evicted, .head: true
        case .presence, .pulse, .epoch, .admitted, .held, .refused, .deleted: false
        }
    }
}
