import NIOCore

/// How long to wait before the next attempt: doubled each time up to a bound, and spread at random
/// over its upper half, so that processes which lost Redis together do not return together.
struct Backoff {
    let first: TimeAmount
    let longest: TimeAmount
    private var failures = 0

    init(first: TimeAmount, longest: TimeAmount) {
        self.first = first
        self.longest = longest
    }

    /// `jitter` is a random number from 0 to 1.
    mutating func next(jitter: Double) -> TimeAmount {
        // Shifted no further than any sensible bound, or the product overflows.
        let doubled = first.nanoseconds << Int64(min(failures, 20))
        failures += 1
        let whole = min(doubled, longest.nanoseconds)
        return .nanoseconds(whole / 2 + Int64(Double(whole / 2) * jitter))
    }

    mutating func reset() {
        failures = 0
    }
}
