import Gateway
import Testing

@Suite struct RoundsTests {
    private func filled(_ elements: some Sequence<Int>) -> Rounds<Int> {
        var rounds = Rounds<Int>(of: 10)
        for element in elements { rounds.insert(element) }
        return rounds
    }

    @Test func `each has its turn once in a round, and always the same`() {
        var rounds = filled(0..<100)
        let first = (1...10).map { _ in rounds.nextTurn() }
        #expect(first.flatMap(\.self).sorted() == Array(0..<100))
        #expect((1...10).map { _ in rounds.nextTurn() } == first)
    }

    @Test func `no turn has far more than its share`() {
        var rounds = filled(0..<10_000)
        for _ in 1...10 { #expect((800...1_200).contains(rounds.nextTurn().count)) }
    }

    @Test func `who comes has a turn within a round, who goes has none`() {
        var rounds = filled(0..<100)
        _ = rounds.nextTurn()
        rounds.insert(100)
        rounds.remove(7)
        let turns = Set((1...10).flatMap { _ in rounds.nextTurn() })
        #expect(turns == Set(0...100).subtracting([7]))
    }
}
