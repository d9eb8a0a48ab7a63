import Ownership
import Testing

@Suite struct PaceTests {
    private func pace(_ counts: [Int]) -> Double {
        var pace = Pace()
        for count in counts {
            pace.committed(count)
            pace.secondPassed()
        }
        return pace.commitsPerSecond
    }

    @Test func `a room that has just come is judged by what it has done since`() {
        #expect(pace([]) == 0)
        #expect(pace([6]) == 6)
        #expect(pace([6, 0]) == 3)
        #expect(pace([6, 0, 3]) == 3)
    }

    @Test func `what was long ago is forgotten`() {
        #expect(pace(Array(repeating: 5, count: 60)) == 5)
        #expect(pace([1_000] + Array(repeating: 2, count: 100)) < 2.1)
    }
}
