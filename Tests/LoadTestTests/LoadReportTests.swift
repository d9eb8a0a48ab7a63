import NIOCore
import Testing

@testable import LoadTest

@Suite struct LoadReportTests {
    private func report(started: Int = 0, state: LoadReport.Verification.State = .agreed)
        -> LoadReport
    {
        var report = LoadReport()
        report.startedMilliseconds = started
        report.seconds = 10
        report.target = "http://viva.example"
        (report.rooms, report.people) = (2, 4)
        for second in 0..<10 {
            report.measurements.record(.arrival, 1_000 + second, second: second)
            report.measurements.count(.edits, second: second, by: 3)
        }
        report.verification.state = state
        report.verification.roomsAgreed = 2
        report.generators = [LoadReport.Generator()]
        return report
    }

    @Test func `it is read as it was written`() throws {
        var written = report()
        written.lastRefusal = "room_full"
        written.verification.faults = ["Ada sees “another” text"]
        written.generators[0].latenessP99 = 20_000
        written.generators[0].judge()
        let read = try LoadReport(json: ByteBuffer(bytes: written.json))
        #expect(read.json == written.json)
        #expect(read.generators[0].bottleneck != nil)
    }

    @Test func `merging adds what was measured and counted`() {
        let merged = LoadReport(merging: [report(), report(started: 3_000)])
        #expect(merged.measurements[.edits] == 60)
        #expect(merged.measurements[.arrival].count == 20)
        #expect((merged.rooms, merged.people, merged.generators.count) == (4, 8, 2))
        #expect(
            merged.measurements.timeline.pieces.map(\.edits) == [3, 3, 3]
                + Array(repeating: 6, count: 7) + [3, 3, 3]
        )
        #expect(merged.outcome([]) == .good)
    }

    @Test(arguments: [
        (
            LoadReport.Verification.State.agreed, LoadReport.Verification.State.differs,
            LoadReport.Outcome.wrong
        ),
        (.differs, .unsettled, .wrong), (.unsettled, .differs, .wrong),
        (.agreed, .unsettled, .unsettled),
        (.unsettled, .agreed, .unsettled),
    ])
    func `it is verified only if each of them was`(
        first: LoadReport.Verification.State,
        second: LoadReport.Verification.State,
        outcome: LoadReport.Outcome
    ) {
        #expect(
            LoadReport(merging: [report(state: first), report(state: second)]).outcome([])
                == outcome
        )
    }

    @Test func `a wrong text matters more than a missed bound, and that more than an interruption`()
        throws
    {
        let missed = [try Bound("arrival.p50<1us")]
        var found = report(state: .differs)
        #expect(found.outcome(missed) == .wrong)
        found.verification.state = .agreed
        found.isInterrupted = true
        #expect(found.outcome(missed) == .expectationMissed)
        #expect(found.outcome([]) == .interrupted)
    }

    @Test(arguments: [
        "{}", "[]", #"{"vivaLoadTest":2}"#, #"{"vivaLoadTest":1,"rooms":-1}"#,
        #"{"vivaLoadTest":1"#,
    ])
    func `a file that is no report is refused`(json: String) {
        #expect(throws: (any Error).self) { try LoadReport(json: ByteBuffer(string: json)) }
    }

    @Test func `a report that does not say it was verified was not`() throws {
        let read = try LoadReport(
            json: ByteBuffer(string: #"{"vivaLoadTest":1,"verification":{}}"#)
        )
        #expect(read.outcome([]) == .unsettled)
    }

    @Test(arguments: [(9_000, 50, false), (11_000, 50, true), (100, 95, true)])
    func `a generator that was late or busy says so`(
        lateness: Int,
        processor: Int,
        isBottleneck: Bool
    ) {
        var generator = LoadReport.Generator()
        (generator.latenessP99, generator.processorMean) = (lateness, processor)
        generator.judge()
        #expect((generator.bottleneck != nil) == isBottleneck)
    }

    @Test func `the page shows text from elsewhere as text, and asks no other host for anything`() {
        var found = report(state: .differs)
        found.target = "<script>alert(1)</script>"
        found.verification.faults = ["<img src=x onerror=alert(1)>"]
        let page = ReportPage(found, expectations: []).html
        #expect(!page.contains("<script") && !page.contains("<img"))
        #expect(!page.contains("src=\"") && !page.contains("url(") && !page.contains("href"))
        #expect(page.contains("<svg"))
    }

    @Test func `a report in which nothing was measured can be shown`() {
        let empty = LoadReport()
        #expect(ReportPage(empty, expectations: []).html.contains("</html>"))
        #expect(Summary(empty, expectations: []).text.contains("NOT VERIFIED") == false)
    }
}
