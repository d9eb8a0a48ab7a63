package import NIOCore

/// Tells a busy loop how long to rest after a turn, so that its next turn finds several messages.
///
/// Being woken costs about half of what an edit costs, however much there is to do then. A loop whose
/// turns do not follow each other closely, or that is busy without end, never rests.
package struct LoopPace: Sendable {
    /// From one turn to the next of a loop that rests.
    package static let interval = TimeAmount.milliseconds(1)
    /// As many close turns in a row are a load, fewer the way of a single edit.
    package static let closeTurnsMin = 16

    private var lastTurn = NIODeadline.distantPast
    private var closeTurns = 0

    package init() {}

    /// How long to rest after a turn that ended at `end`; zero if not at all.
    package mutating func rest(afterTurnEndingAt end: NIODeadline) -> TimeAmount {
        let gap = end - lastTurn
        lastTurn = end
        guard gap < Self.interval else {
            closeTurns /= 2
            return .zero
        }
        closeTurns = min(closeTurns + 1, 2 * Self.closeTurnsMin)
        guard closeTurns > Self.closeTurnsMin else { return .zero }
        let rest = Self.interval - gap
        lastTurn = end + rest
        return rest
    }
}
