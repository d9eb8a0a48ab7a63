import EventLoopIsolation
import NIOCore
import Testing

@Suite struct LoopPaceTests {
    private static let interval = LoopPace.interval.nanoseconds

    @Test func `turns that are far apart are followed by no rest`() {
        var course = Course()
        for _ in 0..<1_000 { #expect(course.turn(after: Self.interval) == 0) }
    }

    @Test func `the few turns that one edit takes are followed by no rest`() {
        var course = Course()
        for _ in 0..<1_000 {
            #expect(course.turn(after: 5 * Self.interval) == 0)
            for _ in 0..<4 { #expect(course.turn(after: Self.interval / 10) == 0) }
        }
    }

    @Test(arguments: [(LoopPace.Beat.first, Int64.zero), (.middle, interval / 2)])
    func `under load turns come once in each interval, at the beat`(
        beat: LoopPace.Beat,
        at offset: Int64
    ) {
        var course = Course(pace: LoopPace(beat))
        for _ in 0...LoopPace.closeTurnsMin { #expect(course.turn(after: Self.interval / 4) == 0) }
        #expect(course.turn(after: Self.interval / 4) > 0)
        #expect(course.now % Self.interval == offset)
        for _ in 0..<1_000 {
            let before = course.now
            #expect(course.turn(after: Self.interval / 4) > 0)
            #expect(course.now - before == Self.interval)
        }
    }

    @Test func `who is busy without end does not rest besides`() {
        var course = Course()
        for _ in 0..<100 { _ = course.turn(after: Self.interval / 4) }
        for _ in 0..<1_000 { #expect(course.turn(after: 2 * Self.interval) == 0) }
    }

    @Test func `a pause under load ends neither at once nor for good`() {
        var course = Course()
        for _ in 0..<100 { _ = course.turn(after: Self.interval / 4) }
        #expect(course.turn(after: 2 * Self.interval) == 0)
        var waited = 0
        while course.turn(after: Self.interval / 4) == 0 { waited += 1 }
        #expect(waited < LoopPace.closeTurnsMin)
    }

    /// Time goes on by the turns and by the rests between them.
    private struct Course {
        var pace = LoopPace(.first)
        var now: Int64 = 1_000_000_000

        mutating func turn(after nanoseconds: Int64) -> Int64 {
            now += nanoseconds
            let rest = pace.rest(afterTurnEndingAt: .uptimeNanoseconds(UInt64(now))).nanoseconds
            now += rest
            return rest
        }
    }
}
