/// Notices that a room's owner does not answer: hung, cut off, or gone without Redis knowing.
///
/// It decides about liveness only. An owner that was merely slow is fenced by its epoch; a wrong
/// guess costs one claim and no edit.
package struct OwnerWatch: Sendable {
    /// Longer than any healthy owner takes, shorter than a typist's patience.
    package static let silenceMilliseconds = 2_000

    private var askedAt: Int?

    package init() {}

    /// Something was asked and nothing was heard since.
    package var isWaiting: Bool { askedAt != nil }

    package mutating func asked(at now: Int) {
        if askedAt == nil { askedAt = now }
    }

    /// A commit, a rejection or a new epoch: the owner lives.
    package mutating func heard() {
        askedAt = nil
    }

    /// Whether the room is to be offered to another owner; asks anew only after another silence.
    package mutating func isSilent(at now: Int) -> Bool {
        guard let since = askedAt, now - since >= Self.silenceMilliseconds else { return false }
        askedAt = now
        return true
    }
}
