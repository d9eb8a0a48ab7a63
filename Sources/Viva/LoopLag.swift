import CoreMetrics
import EventLoopIsolation
import NIOCore

/// Measures how late the loop comes to what is due: what everything that this process does waits for.
@LoopActor
final class LoopLag {
    private static let pause = TimeAmount.milliseconds(100)
    private let timer: Timer
    /// The longest since it was asked for last.
    private var longest = TimeAmount.zero

    init(_ timer: Timer) {
        self.timer = timer
    }

    /// Measures for as long as the process runs.
    func start() {
        let due = NIODeadline.now() + Self.pause
        LoopActor.eventLoop.scheduleTask(deadline: due) {
            LoopActor.assumeIsolated { self.ticked(due: due) }
        }
    }

    private func ticked(due: NIODeadline) {
        let lag = NIODeadline.now() - due
        timer.recordNanoseconds(lag.nanoseconds)
        longest = max(longest, lag)
        start()
    }

    func takeLongest() -> TimeAmount {
        defer { longest = .zero }
        return longest
    }
}
