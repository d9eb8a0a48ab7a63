import EventLoopIsolation
import NIOCore
import Testing

@Suite struct LoopPaceTests {
    private static let interval = LoopPace.interval.nanoseconds

    @Test func `who has little to do serves each message at once, however closely they come`() {
        var course = Course()
        for _ in 0..<10_000 { #expect(course.turn(of: 3_000, after: 97_000) == 0) }
    }

    @Test func `the many turns that one edit takes now and then are followed by no rest`() {
        var course = Course()
        for _ in 0..<1_000 {
            #expect(course.turn(of: 100_000, after: 20_000_000) == 0)
            for _ in 0..<4 { #expect(course.turn(of: 100_000, after: 10_000) == 0) }
        }
    }

    @Test(arguments: [(LoopPace.Beat.first, Int64.zero), (.middle, interval / 2)])
    func `under load turns come once in each interval, at the beat`(
        beat: LoopPace.Beat,
        at offset: Int64
    ) {
        var course = Course(pace: LoopPace(beat))
        course.load()
        for _ in 0..<1_000 {
            let before = course.now
            #expect(course.turn(of: Self.interval / 4) > 0)
            #expect(course.now % Self.interval == offset)
            #expect(course.now - before == Self.interval)
        }
    }

    @Test func `as rests make its work less, it goes on resting with less of it`() {
        var course = Course()
        course.load()
        let busy = (LoopPace.busyMin.toBegin + LoopPace.busyMin.toGoOn) / 2
        let work = Int64(busy * Double(Self.interval))
        for _ in 0..<1_000 { #expect(course.turn(of: work) > 0) }
    }

    @Test func `when the load is over the rests are, too`() {
        var course = Course()
        course.load()
        var rests = 0
        while course.turn(of: 10_000) > 0 { rests += 1 }
        #expect(rests < 1_000)
        for _ in 0..<1_000 { #expect(course.turn(of: 10_000, after: Self.interval) == 0) }
    }

    @Test func `who is busy without end does not rest besides`() {
        var course = Course()
        course.load()
        for _ in 0..<1_000 { #expect(course.turn(of: Self.interval) == 0) }
    }

    /// Time goes on by what loops wait for messages, by their turns and by the rests between them.
    private struct Course {
        var pace = LoopPace(.first)
        var now: Int64 = 1_000_000_000

        /// Returns the rest after a turn that took so long, and before which there was nothing to do for a while.
        mutating func turn(of work: Int64, after pause: Int64 = 0) -> Int64 {
            let start = now + pause
            now = start + work
            let rest = pace.rest(afterTurnFrom: moment(start), to: moment(now)).nanoseconds
            now += rest
            return rest
        }

        /// Until it rests.
        mutating func load() {
            var turns = 0
            while turn(of: 300_000, after: 100_000) == 0, turns < 1_000 { turns += 1 }
        }

        private func moment(_ nanoseconds: Int64) -> NIODeadline {
            .uptimeNanoseconds(UInt64(nanoseconds))
        }
    }
}
