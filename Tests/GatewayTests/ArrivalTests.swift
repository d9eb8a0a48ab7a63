import Gateway
import Testing

@Suite struct ArrivalTests {
    @Test func `it asks at once, and again only when the question may be lost`() {
        var arrival = Arrival(at: 100)
        #expect(arrival.tick(at: 100) == .ask)
        #expect(arrival.asks(at: 100) == true)
        #expect(arrival.tick(at: 99 + Arrival.retryMilliseconds) == .wait)
        #expect(arrival.tick(at: 100 + Arrival.retryMilliseconds) == .ask)
    }

    @Test func `a new owner is asked without waiting`() {
        var arrival = Arrival(at: 100)
        _ = arrival.asks(at: 100)
        #expect(arrival.asks(at: 101) == true)
    }

    @Test func `only the first answer is news`() {
        var arrival = Arrival(at: 100)
        #expect(arrival.admitted() == true)
        #expect(arrival.admitted() == false)
    }

    @Test func `who is admitted asks no more`() {
        var arrival = Arrival(at: 100)
        _ = arrival.admitted()
        #expect(arrival.asks(at: 5_000) == false)
        #expect(arrival.tick(at: 5_000) == .wait)
    }

    @Test(arguments: [false, true])
    func `patience ends, admitted or not`(isAdmitted: Bool) {
        var arrival = Arrival(at: 100)
        if isAdmitted { _ = arrival.admitted() }
        #expect(arrival.tick(at: 99 + Arrival.patienceMilliseconds) != .giveUp)
        #expect(arrival.tick(at: 100 + Arrival.patienceMilliseconds) == .giveUp)
    }
}
