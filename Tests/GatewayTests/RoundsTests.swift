import Gateway
import Testing

@Suite struct RoundsTests {
    @Test(arguments: [0, 1, 9, 10, 11, 25, 1_000])
    func `in a round each has one turn, and no turn has many more than another`(count: Int) {
        var rounds = Rounds<Int>(turns: 10)
        for _ in 1...3 {
            let turns = (1...10).map { _ in rounds.next(of: 0..<count) }
            #expect(turns.flatMap(\.self).sorted() == Array(0..<count))
            #expect(turns.map(\.count).max()! - turns.map(\.count).min()! <= 1)
        }
    }

    @Test func `who comes during a round has a turn in the next`() {
        var rounds = Rounds<Int>(turns: 2)
        #expect(rounds.next(of: [1]) == [1])
        #expect(rounds.next(of: [1, 2]) == [])
        #expect(Set(rounds.next(of: [1, 2]) + rounds.next(of: [1, 2])) == [1, 2])
    }
}
