import Gateway
import Testing

@Suite struct RateLimitTests {
    /// How many of so many events at one moment are allowed.
    func allowed(of count: Int, by limit: inout RateLimit, at now: Int) -> Int {
        var allowed = 0
        for _ in 0..<count where limit.allows(at: now) { allowed += 1 }
        return allowed
    }

    @Test func `a burst is allowed at once, and no more`() {
        var limit = RateLimit(perSecond: 10, burst: 3, at: 0)
        #expect(allowed(of: 5, by: &limit, at: 0) == 3)
    }

    @Test func `afterwards the rate is what is allowed`() {
        var limit = RateLimit(perSecond: 10, burst: 3, at: 0)
        _ = allowed(of: 3, by: &limit, at: 0)
        #expect(limit.allows(at: 99) == false)
        #expect(limit.allows(at: 100) == true)
        #expect(limit.allows(at: 199) == false)
        #expect(limit.allows(at: 200) == true)
    }

    @Test func `an event that is refused costs nothing`() {
        var limit = RateLimit(perSecond: 1, burst: 1, at: 0)
        _ = limit.allows(at: 0)
        for now in 1..<1_000 { #expect(limit.allows(at: now) == false) }
        #expect(limit.allows(at: 1_000) == true)
    }

    @Test(arguments: [1_000, 86_400_000, Int.max])
    func `a pause of any length fills up one burst`(pause: Int) {
        var limit = RateLimit(perSecond: 50, burst: 20, at: 0)
        _ = allowed(of: 20, by: &limit, at: 0)
        #expect(allowed(of: 100, by: &limit, at: pause) == 20)
    }

    @Test func `a clock that goes back allows nothing more`() {
        var limit = RateLimit(perSecond: 10, burst: 1, at: 1_000)
        #expect(limit.allows(at: 1_000) == true)
        #expect(limit.allows(at: 0) == false)
    }

    @Test func `many at once are allowed whole or not at all`() {
        var limit = RateLimit(perSecond: 1_000, burst: 5_000, at: 0)
        #expect(limit.allows(4_000, at: 0) == true)
        #expect(limit.allows(2_000, at: 0) == false)
        #expect(limit.allows(1_000, at: 0) == true)
        #expect(limit.allows(2_000, at: 1_999) == false)
        #expect(limit.allows(2_000, at: 2_000) == true)
    }
}
