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
        #expect(arrival.admitted(at: 100) == true)
        #expect(arrival.admitted(at: 100) == false)
    }

    @Test func `who is admitted asks no more`() {
        var arrival = Arrival(at: 100)
        _ = arrival.admitted(at: 100)
        #expect(arrival.asks(at: 5_000) == false)
        #expect(arrival.tick(at: 5_000) == .wait)
    }

    @Test(arguments: [false, true])
    func `patience ends, admitted or not`(isAdmitted: Bool) {
        var arrival = Arrival(at: 100)
        if isAdmitted { _ = arrival.admitted(at: 100) }
        #expect(arrival.tick(at: 99 + Arrival.patienceMilliseconds) != .giveUp)
        #expect(arrival.tick(at: 100 + Arrival.patienceMilliseconds) == .giveUp)
    }

    // MARK: Waiting

    private func waiting(since now: Int) -> Arrival {
        var arrival = Arrival(at: now)
        _ = arrival.asks(at: now)
        _ = arrival.held()
        return arrival
    }

    @Test func `who waits does so without end, and is asked about now and then`() {
        var arrival = waiting(since: 100)
        #expect(arrival.isWaiting)
        #expect(arrival.tick(at: 99 + Arrival.waitingRetryMilliseconds) == .wait)
        #expect(arrival.tick(at: 100 + 100 * Arrival.patienceMilliseconds) == .ask)
    }

    @Test func `that they have to wait is news once`() {
        var arrival = Arrival(at: 100)
        #expect(arrival.held() == true)
        #expect(arrival.held() == false)
    }

    @Test func `who was let in has as much time to be loaded as anybody`() {
        var arrival = waiting(since: 100)
        #expect(arrival.admitted(at: 900_000) == true)
        #expect(!arrival.isWaiting)
        #expect(arrival.tick(at: 899_999 + Arrival.patienceMilliseconds) == .wait)
        #expect(arrival.tick(at: 900_000 + Arrival.patienceMilliseconds) == .giveUp)
    }

    @Test func `an older answer does not send back whoever was let in`() {
        var arrival = waiting(since: 100)
        _ = arrival.admitted(at: 200)
        #expect(arrival.held() == false)
        #expect(!arrival.isWaiting)
    }
}
