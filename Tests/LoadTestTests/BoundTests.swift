import Testing

@testable import LoadTest

@Suite struct BoundTests {
    @Test(arguments: [
        ("arrival.p99<50ms", Bound.Subject.quantile(.arrival, 0.99), 50_000),
        ("ack.p50 <= 1.5s", .quantile(.ack, 0.5), 1_500_000),
        ("join.max<900us", .quantile(.join, 1), 900),
        ("resume.p99.9<2s", .quantile(.resume, 99.9 / 100), 2_000_000),
        ("connect.mean>=1ms", .mean(.connect), 1_000),
        ("errors<=0", .errors, 0),
        ("rate>1000", .rate, 1_000),
        ("disconnects<5", .tally(.disconnects), 5),
    ])
    func `a bound is read`(text: String, subject: Bound.Subject, limit: Int) throws {
        let expectation = try Bound(text)
        #expect(expectation.subject == subject)
        #expect(expectation.limit == limit)
    }

    @Test(arguments: [
        ("arrival.p99", "compares nothing"), ("arrival<5ms", "nothing that is measured"),
        ("arival.p99<5ms", "nothing that is measured"), ("arrival.p101<5ms", "no share"),
        ("arrival.p0<5ms", "no share"), ("arrival.fast<5ms", "no share"),
        ("arrival.p99<5", "no duration"), ("arrival.p99<ms", "no duration"),
        ("arrival.p99<-5ms", "no duration"), ("arrival.p99<1e99s", "no duration"),
        ("arrival.p99<nanms", "no duration"), ("errors<many", "no whole number"),
        ("errors<<1", "no whole number"), ("", "compares nothing"),
    ])
    func `what is no bound is refused with what is wrong`(text: String, reason: String) {
        let error = #expect(throws: Bound.Malformed.self) { try Bound(text) }
        #expect(error?.description.contains(reason) == true)
    }

    @Test(arguments: [
        ("errors<1", 0, true), ("errors<1", 1, false), ("errors<=1", 1, true),
        ("errors>1", 1, false), ("errors>=1", 1, true),
    ])
    func `a value is compared`(text: String, value: Int, isMet: Bool) throws {
        #expect(try Bound(text).isMet(by: value) == isMet)
    }

    @Test func `nothing measured keeps no bound`() throws {
        let expectation = try Bound("resume.p99<1s")
        #expect(expectation.value(in: Measurements(), seconds: 1) == nil)
        #expect(!expectation.isMet(by: nil))
    }

    @Test func `values come from what was measured`() throws {
        var measurements = Measurements()
        measurements.record(.ack, 100, second: 0)
        for _ in 0..<30 { measurements.count(.edits, second: 0) }
        measurements.count(.refusals, second: 0)
        #expect(try Bound("ack.max<1s").value(in: measurements, seconds: 3) == 100)
        #expect(try Bound("rate>0").value(in: measurements, seconds: 3) == 10)
        #expect(try Bound("errors<1").value(in: measurements, seconds: 3) == 1)
    }
}
