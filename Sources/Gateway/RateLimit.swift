/// A token bucket: so many events a second, and a burst after a pause.
package struct RateLimit: Sendable {
    private let perSecond: Int
    private let burst: Int
    /// Thousandths of an event that may still happen, as of `since`.
    private var allowance: Int
    private var since: Int

    /// `now` and all later times are in milliseconds of one clock that never goes back.
    package init(perSecond: Int, burst: Int, at now: Int) {
        self.perSecond = perSecond
        self.burst = burst
        allowance = burst * 1_000
        since = now
    }

    /// Whether one more event, or so many at once, is within the rate; it counts only if it is.
    package mutating func allows(_ count: Int = 1, at now: Int) -> Bool {
        // Elapsed time beyond what fills the bucket is of no use, and could overflow.
        let elapsed = min(max(0, now - since), burst * 1_000)
        allowance = min(burst * 1_000, allowance + elapsed * perSecond)
        since = now
        guard allowance >= count * 1_000 else { return false }
        allowance -= count * 1_000
        return true
    }
}
