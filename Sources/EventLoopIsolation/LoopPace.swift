package import NIOCore

/// Tells a busy loop how long to rest after a turn, so that its next turn finds several messages.
///
/// Being woken costs about half of what an edit costs, however much there is to do then. A loop whose
/// turns do not follow each other closely, or that is busy without end, never rests.
///
/// The turns of all processes on a machine go by its one clock: those that an edit passes first and
/// last begin with an interval, those between them in its middle. So an edit waits until the next
/// interval begins and is there when the one after it does, where each process for itself would keep
/// it for up to an interval.
package struct LoopPace: Sendable {
    /// From one turn to the next of a loop that rests.
    package static let interval = TimeAmount.milliseconds(2)
    /// As many close turns in a row are a load, fewer the way of a single edit.
    package static let closeTurnsMin = 16

    /// When in an interval a process has its turn.
    package enum Beat: Sendable {
        case first, middle
    }

    private let offset: UInt64
    private var lastTurn = NIODeadline.distantPast
    private var closeTurns = 0

    package init(_ beat: Beat) {
        offset = beat == .first ? 0 : UInt64(Self.interval.nanoseconds) / 2
    }

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
        let rest = untilTurn(from: end)
        lastTurn = end + rest
        return rest
    }

    private func untilTurn(from time: NIODeadline) -> TimeAmount {
        let interval = UInt64(Self.interval.nanoseconds)
        let passed = (time.uptimeNanoseconds + interval - offset) % interval
        return .nanoseconds(Int64(interval - passed))
    }
}
