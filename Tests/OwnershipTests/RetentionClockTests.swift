import Ownership
import Testing

/// A room with somebody in it does not run out of time.
@Suite struct RetentionClockTests {
    private let hour = RetentionClock.everyMilliseconds

    @Test func `a room with somebody in it is kept anew every hour`() {
        var clock = RetentionClock(keptAt: 7)
        let kept = (0...3 * hour).filter { now in
            now.isMultiple(of: 1_000) && clock.isDue(at: 7 + now, attended: true)
        }
        #expect(kept == [hour, 2 * hour, 3 * hour])
    }

    @Test func `an empty room runs out of time`() {
        var clock = RetentionClock(keptAt: 0)
        let isDue = clock.isDue(at: 9 * hour, attended: false)
        #expect(!isDue)
    }

    @Test func `whoever comes back to a room that was empty for long begins its time anew`() {
        var clock = RetentionClock(keptAt: 0)
        _ = clock.isDue(at: 9 * hour, attended: false)
        let isDue = clock.isDue(at: 9 * hour + 1, attended: true)
        let isDueAgain = clock.isDue(at: 9 * hour + 2, attended: true)
        #expect(isDue && !isDueAgain)
    }
}
