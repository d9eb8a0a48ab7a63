import JSONText
import TestSupport
import Testing

@testable import LoadTest

@Suite struct HistogramTests {
    @Test(arguments: [0, 1, 127, 128, 129, 255, 256, 1_000, 65_535, 65_536, 3_599_999_999])
    func `a bucket holds its value, and its end is near`(value: Int) {
        let bucket = Histogram.bucket(of: value)
        let end = Histogram.upperEnd(of: bucket)
        #expect(end >= value)
        #expect(end - value <= value / 64)
        #expect(bucket == 0 || Histogram.upperEnd(of: bucket - 1) < value)
    }

    @Test(arguments: seeds(20))
    func `shares are those of the sorted values, to one part in 64`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let values = (0..<1_000).map { _ in
            Int.random(in: 0...(1 << Int.random(in: 1...31, using: &random)), using: &random)
        }
        var histogram = Histogram()
        for value in values { histogram.record(value) }
        let sorted = values.sorted()
        for share in [0.01, 0.5, 0.9, 0.99, 0.999, 1] {
            let exact = sorted[Int((share * 1_000).rounded(.up)) - 1]
            let value = try #require(histogram.value(at: share))
            #expect(value >= exact && value - exact <= exact / 64, "seed \(seed), share \(share)")
        }
        #expect(histogram.value(at: 1) == sorted.last)
    }

    @Test(arguments: seeds(20))
    func `adding two is recording all in one`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var (left, right, both) = (Histogram(), Histogram(), Histogram())
        for _ in 0..<200 {
            let value = Int.random(in: 0...10_000_000, using: &random)
            both.record(value)
            if Bool.random(using: &random) { left.record(value) } else { right.record(value) }
        }
        left.add(right)
        #expect(left.count == both.count)
        #expect(left.max == both.max)
        for share in [0.1, 0.5, 0.99] { #expect(left.value(at: share) == both.value(at: share)) }
    }

    @Test func `seven of a hundred are seven, though 0.07 is a little more in binary`() {
        var histogram = Histogram()
        for value in 1...100 { histogram.record(value) }
        #expect(histogram.value(at: 0.07) == 7)
    }

    @Test func `nothing was measured, so there is no share`() {
        #expect(Histogram().value(at: 0.5) == nil)
        #expect(Histogram().mean == nil)
    }

    @Test func `what takes longer than an hour counts as an hour`() {
        var histogram = Histogram()
        histogram.record(.max)
        histogram.record(-1)
        #expect(histogram.max == Histogram.valueMax)
        #expect(histogram.value(at: 0.5) == 0)
    }

    @Test func `it is read as it was written`() throws {
        var histogram = Histogram()
        for value in [3, 3, 900, 70_000, 1_234_567] { histogram.record(value) }
        #expect(try read(JSONWriter.bytes { histogram.encode(into: &$0) }) == histogram)
    }

    @Test(arguments: [
        #"{"buckets":[5]}"#, #"{"buckets":[-1,1]}"#, #"{"buckets":[99999999,1]}"#,
        #"{"buckets":[1,0]}"#, #"{"buckets":[1,-5]}"#, #"{"buckets":[1,9223372036854775807]}"#,
        #"{"max":"x"}"#,
    ])
    func `a histogram that is none is refused`(json: String) {
        #expect(throws: (any Error).self) { try read(Array(json.utf8)) }
    }

    private func read(_ bytes: [UInt8]) throws -> Histogram {
        try bytes.withUnsafeBytes { bytes in
            var reader = JSONReader(bytes)
            return try Histogram(from: &reader)
        }
    }
}
