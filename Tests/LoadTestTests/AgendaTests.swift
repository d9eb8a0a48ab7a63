import TestSupport
import Testing

@testable import LoadTest

@Suite struct AgendaTests {
    @Test(arguments: seeds(20))
    func `items come in the order in which they are due`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var agenda = Agenda()
        let dues = (0..<300).map { _ in Int.random(in: 0...1_000, using: &random) }
        for due in dues { agenda.add(Agenda.Item(due: due, subject: 0, kind: .type)) }
        var taken: [Int] = []
        while let item = agenda.take(at: 1_000) { taken.append(item.due) }
        #expect(taken == dues.sorted(), "seed \(seed)")
    }

    @Test func `nothing is taken before it is due`() {
        var agenda = Agenda()
        agenda.add(Agenda.Item(due: 10, subject: 4, kind: .connect))
        #expect(agenda.take(at: 9) == nil)
        #expect(agenda.take(at: 10)?.subject == 4)
        #expect(agenda.first == nil)
    }
}
