import CoreMetrics
import Synchronization

// One line of numbers each. Whoever measures holds the series itself and adds to it in place: no name
// is looked up, nothing is locked and nothing allocated. Only one loop writes, but a scrape may read
// on any thread, so the numbers are atomic; no order between them is promised.

final class CounterSeries: CounterHandler, Sendable {
    private let count = Atomic<Int>(0)

    func increment(by amount: Int64) {
        count.wrappingAdd(Int(amount), ordering: .relaxed)
    }

    func reset() { count.store(0, ordering: .relaxed) }

    var value: Int { count.load(ordering: .relaxed) }
}

final class GaugeSeries: MeterHandler, Sendable {
    private let bits = Atomic<UInt64>(0)

    func set(_ value: Int64) { set(Double(value)) }

    func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }

    func increment(by amount: Double) { set(value + amount) }

    func decrement(by amount: Double) { set(value - amount) }

    var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }
}

/// How many values were at most each bound, how many there were, and their sum.
///
/// Values are whole numbers of a unit that is `scale` of the unit they are told in: nanoseconds for
/// seconds, as swift-metrics has its timers.
final class HistogramSeries: RecorderHandler, TimerHandler, Sendable {
    private let bounds: [Int]
    /// One more than bounds: what is above them all.
    private let buckets: [CounterSeries]
    private let sum = CounterSeries()
    let scale: Double

    init(bounds: [Double], scale: Double) {
        self.bounds = bounds.map { Int(($0 / scale).rounded()) }
        self.scale = scale
        buckets = (0...bounds.count).map { _ in CounterSeries() }
    }

    func record(_ value: Int64) {
        var place = 0
        while place < bounds.count, value > bounds[place] { place += 1 }
        buckets[place].increment(by: 1)
        sum.increment(by: value)
    }

    /// Recorders here count whole things.
    func record(_ value: Double) { record(Int64(value)) }

    func recordNanoseconds(_ duration: Int64) { record(duration) }

    /// For each bound the number of values up to it, then that of all.
    var cumulative: [Int] {
        var total = 0
        return buckets.map { bucket in
            total += bucket.value
            return total
        }
    }

    var total: Double { Double(sum.value) * scale }
}
