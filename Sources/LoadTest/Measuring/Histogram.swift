/// Counts of durations in microseconds, in buckets of a fixed relative width: an HdrHistogram.
///
/// Below 128 each value has a bucket. Above, each doubling of the range is cut into 64, so a value is
/// known to 1.6 % whatever its size. Two histograms are merged by adding their counts, which loses
/// nothing: that is what makes several generators one.
package struct Histogram: Equatable, Sendable {
    private static let halfBits = 6
    private static let exact = 2 << halfBits
    /// An hour: whatever takes longer counts as that.
    package static let valueMax = 3_600_000_000
    package static let bucketsMax = bucket(of: valueMax) + 1

    /// As long as the largest value needs.
    private(set) var counts: [Int] = []
    package private(set) var count = 0
    package private(set) var max = 0

    package init() {}

    package mutating func record(_ microseconds: Int) {
        let value = Swift.min(Swift.max(0, microseconds), Self.valueMax)
        add(1, toBucket: Self.bucket(of: value))
        max = Swift.max(max, value)
    }

    package mutating func add(_ other: Histogram) {
        for (bucket, more) in other.counts.enumerated() where more > 0 {
            add(more, toBucket: bucket)
        }
        max = Swift.max(max, other.max)
    }

    /// The value that `share` of all values do not exceed; nil when there is none.
    ///
    /// It is the upper end of its bucket: what is reported is never better than what was measured.
    package func value(at share: Double) -> Int? {
        guard count > 0 else { return nil }
        // A share such as 0.07 is a little more in binary, which must not ask for one value more.
        let wanted = Swift.max(1, Int((share * Double(count) * (1 - 1e-12)).rounded(.up)))
        var passed = 0
        for (bucket, more) in counts.enumerated() where more > 0 {
            passed += more
            if passed >= wanted { return Swift.min(Self.upperEnd(of: bucket), max) }
        }
        return max
    }

    package var mean: Int? {
        guard count > 0 else { return nil }
        return counts.enumerated().reduce(0) { $0 + $1.element * Self.middle(of: $1.offset) }
            / count
    }

    // MARK: Buckets

    mutating func add(_ more: Int, toBucket bucket: Int) {
        if bucket >= counts.count {
            counts.append(contentsOf: repeatElement(0, count: bucket + 1 - counts.count))
        }
        counts[bucket] += more
        count += more
    }

    mutating func reached(max value: Int) { max = Swift.max(max, value) }

    static func bucket(of value: Int) -> Int {
        guard value >= exact else { return value }
        let shift = Int.bitWidth - 1 - value.leadingZeroBitCount - halfBits
        return shift << halfBits + value >> shift
    }

    static func upperEnd(of bucket: Int) -> Int {
        guard bucket >= exact else { return bucket }
        let shift = bucket >> halfBits - 1
        return (bucket - shift << halfBits + 1) << shift - 1
    }

    private static func middle(of bucket: Int) -> Int {
        bucket < exact ? bucket : (upperEnd(of: bucket - 1) + 1 + upperEnd(of: bucket)) / 2
    }
}
