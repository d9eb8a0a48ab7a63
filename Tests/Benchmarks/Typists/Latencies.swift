/// Counts durations in buckets that are less than 1 % of their value wide, as HdrHistogram does: percentiles
/// of any number of them, in constant memory.
struct Latencies {
    /// In buckets of one microsecond up to 255, then 128 buckets for every power of two.
    private var counts = [Int](repeating: 0, count: Self.bucket(of: 1 << 40) + 1)
    private(set) var count = 0

    mutating func record(nanoseconds: Int64) {
        counts[Self.bucket(of: Int(max(0, min(nanoseconds / 1_000, 1 << 40))))] += 1
        count += 1
    }

    /// Milliseconds that the given share of all stays within; nil where there are none.
    func percentile(_ share: Double) -> Double? {
        guard count > 0 else { return nil }
        let rank = max(1, Int((share * Double(count)).rounded(.up)))
        var seen = 0
        for (bucket, number) in counts.enumerated() {
            seen += number
            if seen >= rank { return Double(Self.greatest(in: bucket)) / 1_000 }
        }
        return nil
    }

    private static func bucket(of microseconds: Int) -> Int {
        let shift = max(0, Int.bitWidth - microseconds.leadingZeroBitCount - 8)
        return shift << 7 + microseconds >> shift
    }

    private static func greatest(in bucket: Int) -> Int {
        let shift = max(0, bucket >> 7 - 1)
        return (bucket - shift << 7 + 1) << shift - 1
    }
}
