import EventLoopIsolation
import Testing

@Suite struct RoundsTests {
    private func filled(_ elements: some Sequence<Int>) -> Rounds<Int, String> {
        var rounds = Rounds<Int, String>(of: 10)
        for element in elements { rounds[element] = "\(element)" }
        return rounds
    }

    @Test func `each has its turn once in a round, and always the same`() {
        var rounds = filled(0..<100)
        let first = (1...10).map { _ in Set(rounds.nextTurn()) }
        #expect(first.flatMap(\.self).sorted() == (0..<100).map { "\($0)" }.sorted())
        #expect((1...10).map { _ in Set(rounds.nextTurn()) } == first)
    }

    @Test func `no turn has far more than its share`() {
        var rounds = filled(0..<10_000)
        for _ in 1...10 { #expect((800...1_200).contains(rounds.nextTurn().count)) }
    }

    @Test func `who comes has a turn within a round, who goes has none`() {
        var rounds = filled(0..<100)
        _ = rounds.nextTurn()
        rounds[100] = "100"
        rounds[7] = nil
        let turns = Set((1...10).flatMap { _ in rounds.nextTurn() })
        #expect(turns == Set((0...100).map { "\($0)" }).subtracting(["7"]))
    }

    @Test func `it is a dictionary besides`() {
        var rounds = filled(0..<100)
        rounds[7] = "seven"
        #expect(rounds[7] == "seven")
        #expect(rounds[100] == nil)
        #expect(rounds.count == 100)
        #expect(rounds.values.count { $0 == "seven" } == 1)
        #expect(Set(rounds.values).count == 100)
    }
}
