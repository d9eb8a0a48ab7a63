import EventLoopIsolation
import NIOCore

/// When who types: everybody at the same rate, one after the other, evenly spread.
///
/// The moments are fixed beforehand. What is typed late, because this program or the system it waits for
/// was late, is measured from the moment at which it was meant to be typed.
@LoopActor
final class Schedule {
    private let typists: [Typist]
    private let crowd: Crowd
    private let start: NIODeadline
    private let end: NIODeadline
    private let nanosecondsBetween: Double
    private var count = 0

    /// `rate` is each one's, in edits a second.
    init(
        of typists: [Typist],
        rate: Double,
        in crowd: Crowd,
        from start: NIODeadline,
        to end: NIODeadline
    ) {
        (self.typists, self.crowd, self.start, self.end) = (typists, crowd, start, end)
        nanosecondsBetween = 1e9 / (rate * Double(typists.count))
    }

    func begin() {
        guard nanosecondsBetween.isFinite else { return }
        step()
    }

    private var next: NIODeadline {
        start + .nanoseconds(Int64(Double(count) * nanosecondsBetween))
    }

    private func step() {
        let now = NIODeadline.now()
        while next <= now, next < end {
            crowd.figures.typed(next, at: now)
            typists[count % typists.count].type(intended: next)
            count += 1
        }
        guard next < end else { return }
        LoopActor.eventLoop.scheduleTask(deadline: next) {
            LoopActor.assumeIsolated { self.step() }
        }
    }
}
