/// Everything one run measures and counts.
package struct Measurements: Sendable {
    private var histograms = Array(repeating: Histogram(), count: Measure.allCases.count)
    private var tallies = Array(repeating: 0, count: Tally.allCases.count)
    package var timeline = Timeline()

    package init() {}

    package subscript(measure: Measure) -> Histogram {
        get { histograms[measure.rawValue] }
        set { histograms[measure.rawValue] = newValue }
    }

    package subscript(tally: Tally) -> Int {
        get { tallies[tally.rawValue] }
        set { tallies[tally.rawValue] = newValue }
    }

    package var errors: Int { Tally.errors.reduce(0) { $0 + self[$1] } }

    /// Records a duration in microseconds that ended in a second of the run.
    package mutating func record(_ measure: Measure, _ microseconds: Int, second: Int) {
        histograms[measure.rawValue].record(microseconds)
        switch measure {
        case .ack: timeline.update(second: second) { $0.ack.record(microseconds) }
        case .arrival: timeline.update(second: second) { $0.arrival.record(microseconds) }
        default: break
        }
    }

    package mutating func count(_ tally: Tally, second: Int, by amount: Int = 1) {
        tallies[tally.rawValue] += amount
        if tally == .edits { timeline.update(second: second) { $0.edits += amount } }
        if Tally.errors.contains(tally) {
            timeline.update(second: second) { $0.errors += amount }
        }
    }

    /// Adds what another generator measured, which began `delay` seconds later.
    package mutating func add(_ other: Measurements, delay: Int) {
        for measure in Measure.allCases { self[measure].add(other[measure]) }
        for tally in Tally.allCases { self[tally] += other[tally] }
        timeline.add(other.timeline, delay: delay)
    }
}
