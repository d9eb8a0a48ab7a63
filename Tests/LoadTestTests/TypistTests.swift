import TestSupport
import Testing

@testable import LoadTest

@Suite struct TypistTests {
    @Test func `the same seed makes the same person`() {
        var first = Typist(.person(Behavior()), seed: 7, from: 0)
        var second = Typist(.person(Behavior()), seed: 7, from: 0)
        for _ in 0..<500 {
            #expect(first.due == second.due)
            #expect(first.step(length: 100) == second.step(length: 100))
        }
    }

    @Test func `a steady typist strikes a key at each interval, and does nothing else`() {
        let interval = 333_333_333
        let start = 1_234_567
        var typist = Typist(.steady(interval: interval), seed: 1, from: start)
        let first = typist.due
        #expect((start..<start + interval + 1_000_000).contains(first))
        for index in 0..<10_000 {
            // However many there were, they are not further off than the millisecond they fall into.
            #expect(abs(typist.due - first - index * interval) < 1_000_000)
            let step = typist.step(length: 0)
            #expect(step == Typist.Step(action: .edit(delete: 0, insert: 1)))
        }
    }

    @Test(arguments: seeds(5))
    func `keys are struck at whole milliseconds`(seed: UInt64) {
        for manner in [Typist.Manner.person(Behavior()), .steady(interval: 1_234_567)] {
            var typist = Typist(manner, seed: seed, from: 987_654_321)
            for _ in 0..<100 {
                #expect(typist.due % 1_000_000 == 0, "seed \(seed)")
                _ = typist.step(length: 100)
            }
        }
    }

    @Test(arguments: seeds(20))
    func `people do what was measured, as often as it was`(seed: UInt64) {
        var behavior = Behavior()
        (behavior.leavesPerHour, behavior.networkLossesPerHour) = (0, 0)
        behavior.languageChangesPerHour = 0
        var typist = Typist(.person(behavior), seed: seed, from: 0)
        var (keys, moves) = (0, 0)
        let steps = 20_000
        for _ in 0..<steps {
            let step = typist.step(length: 0)
            if step.action == .edit(delete: 0, insert: 1) { keys += 1 }
            if step.move != nil { moves += 1 }
        }
        // Thousandths; twenty of them are more than six deviations of so many steps.
        #expect(abs(keys * 1_000 / steps - 765) < 20, "seed \(seed)")
        #expect(abs(moves * 1_000 / steps - 198) < 20, "seed \(seed)")
    }

    @Test func `in a full document people cut as much as they add`() {
        var behavior = Behavior()
        behavior.documentLengthMax = 10
        var typist = Typist(.person(behavior), seed: 3, from: 0)
        for _ in 0..<1_000 {
            if case .edit(let delete, let insert) = typist.step(length: 10).action {
                #expect(insert <= delete)
            }
        }
    }

    @Test func `whoever always loses the network does nothing else`() {
        var behavior = Behavior()
        behavior.networkLossesPerHour = 1_000_000
        behavior.leavesPerHour = 0
        var typist = Typist(.person(behavior), seed: 3, from: 0)
        _ = typist.step(length: 10)
        let losses = (0..<50).count { _ in
            if case .loseNetwork(let seconds) = typist.step(length: 10).action {
                seconds > 0
            } else {
                false
            }
        }
        #expect(losses == 50)
    }

    @Test func `a recording is typed patch by patch, to its end`() throws {
        let trace = try Trace(
            text: #"{"startContent":"","txns":[{"patches":[[0,0,"ab"],[1,1,""]]}]}"#
        )
        var typist = Typist(.replay(trace, Behavior()), seed: 1, from: 0)
        let actions = (0..<3).map { _ in typist.step(length: 0).action }
        #expect(actions == [.patch(trace.patches[0]), .patch(trace.patches[1]), .nothing])
    }
}

@Suite struct QuantilesTests {
    @Test func `a value between two shares lies on a line between theirs`() throws {
        let quantiles = try #require(Quantiles([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99]))
        #expect(quantiles.value(at: 0) == 0)
        #expect(quantiles.value(at: 0.25) == 25)
        #expect(quantiles.value(at: 0.999) == 99)
    }

    @Test(arguments: [
        [1, 2, 3], [5, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4], Array(repeating: -1, count: 12),
    ])
    func `what is no distribution is refused`(values: [Int]) {
        #expect(Quantiles(values) == nil)
    }
}
