package import NIOCore

/// Tells a busy loop how long to rest after a turn, so that its next turn finds several messages.
///
/// Being woken costs about half of what an edit costs, however much there is to do then. A loop that has
/// little to do never rests, and serves each message at once; one that is busy without end never rests either.
///
/// The turns of all processes on a machine go by its one clock: those that an edit passes first and
/// last begin with an interval, those between them in its middle. So an edit waits until the next
/// interval begins and is there when the one after it does, where each process for itself would keep
/// it for up to an interval.
package struct LoopPace: Sendable {
    /// From one turn to the next of a loop that rests.
    package static let interval = TimeAmount.milliseconds(2)
    /// The part of its time for which a loop works, from which on it rests.
    ///
    /// Rests make its work less, so they end far below that.
    package static let busyMin = (toBegin: 0.05, toGoOn: 0.02)
    /// How far back a loop's work counts, about.
    package static let memory = TimeAmount.milliseconds(100)

    /// When in an interval a process has its turn.
    package enum Beat: Sendable {
        case first, middle
    }

    private let offset: UInt64
    private var lastEnd = NIODeadline.distantPast
    private var busy = 0.0
    private var isResting = false

    package init(_ beat: Beat) {
        offset = beat == .first ? 0 : UInt64(Self.interval.nanoseconds) / 2
    }

    /// How long to rest after a turn that took from `start` to `end`; zero if not at all.
    package mutating func rest(afterTurnFrom start: NIODeadline, to end: NIODeadline) -> TimeAmount
    {
        judge(work: end - start, of: end - lastEnd)
        lastEnd = end
        guard isResting, end - start < Self.interval else { return .zero }
        return untilTurn(from: end)
    }

    private mutating func judge(work: TimeAmount, of span: TimeAmount) {
        let span = Double(max(1, span.nanoseconds))
        let part = min(1, Double(work.nanoseconds) / span)
        busy += (part - busy) * min(1, span / Double(Self.memory.nanoseconds))
        isResting = busy > (isResting ? Self.busyMin.toGoOn : Self.busyMin.toBegin)
    }

    private func untilTurn(from time: NIODeadline) -> TimeAmount {
        let interval = UInt64(Self.interval.nanoseconds)
        let passed = (time.uptimeNanoseconds + interval - offset) % interval
        return .nanoseconds(Int64(interval - passed))
    }
}
