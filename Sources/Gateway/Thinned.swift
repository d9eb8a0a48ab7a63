import RoomModel

/// Passes values on at a rate, and of those that come faster the newest, once it may go.
package struct Thinned<Value: Sendable>: Sendable {
    private var rate: RateLimit
    private var held: Value?

    package init(perSecond: Int, at now: Int) {
        rate = RateLimit(perSecond: perSecond, burst: perSecond, at: now)
    }

    /// Whether something waits for its time.
    package var isHolding: Bool { held != nil }

    /// Takes the newest value; it replaces one that still waits.
    package mutating func take(_ value: Value) { held = value }

    /// What may be passed on now, if anything waits.
    package mutating func next(at now: Int) -> Value? {
        guard held != nil, rate.allows(at: now) else { return nil }
        defer { held = nil }
        return held
    }
}
