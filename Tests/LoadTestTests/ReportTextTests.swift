import Testing

@testable import LoadTest

@Suite struct ReportTextTests {
    @Test(arguments: [
        (950, "950 µs"), (4_210, "4.21 ms"), (42_100, "42.1 ms"), (421_000, "421 ms"),
        (12_300_000, "12.3 s"), (1_004, "1.00 ms"),
    ])
    func `durations have three digits`(microseconds: Int, text: String) {
        #expect(durationText(microseconds) == text)
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")])
    func `thousands stand apart`(count: Int, text: String) {
        #expect(countText(count) == text)
    }

    @Test(arguments: [
        (0, 5, "0"), (1, 20, "0"), (5, 10, "0.5"), (99, 10, "9.9"), (100, 10, "10"),
        (5_000, 1, "5,000"), (7, 0, "7.0"),
    ])
    func `slow rates have a digit more`(count: Int, seconds: Int, text: String) {
        #expect(rateText(count, in: seconds) == text)
    }

    @Test(arguments: [
        (0, "0 s"), (119, "119 s"), (120, "2 min"), (150, "2 min 30 s"), (7_199, "119 min 59 s"),
        (7_200, "2 h"), (9_600, "2 h 40 min"),
    ])
    func `spans are said in the units that people use`(seconds: Int, text: String) {
        #expect(spanText(seconds: seconds) == text)
    }

    @Test(arguments: [
        (0, ["0 s"]), (1, ["0 s", "1 s"]), (14, ["0 s", "5 s", "10 s"]),
        (75, ["0 s", "15 s", "30 s", "45 s", "60 s", "75 s"]),
        (9_600, ["0 s", "30 min", "60 min", "90 min", "2 h", "2 h 30 min"]),
    ])
    func `an axis is marked where its seconds are`(seconds: Int, texts: [String]) {
        let marks = TimeAxis(seconds: seconds).marks
        #expect(marks.map(\.text) == texts)
        for (index, mark) in marks.enumerated() where index > 0 {
            #expect(abs(mark.place - Double(index) * marks[1].place) < 1e-9)
        }
        #expect(marks.allSatisfy { (0...1).contains($0.place) })
    }
}
