package import EventLoopIsolation
import RoomModel

/// How often each address asks.
///
/// Remembered in two generations: when the younger is full the older is forgotten, so that as many
/// addresses as an attacker has cannot fill the memory, and those that ask on are known all the time.
@LoopActor
package final class AddressRates {
    private let perSecond: Int
    private let burst: Int
    private let ratesMax: Int
    private var younger: [String: RateLimit] = [:]
    private var older: [String: RateLimit] = [:]

    package init(
        perSecond: Int,
        burst: Int,
        ratesMax: Int = Limits.Address.ratesMax
    ) {
        self.perSecond = perSecond
        self.burst = burst
        self.ratesMax = ratesMax
    }

    package var count: Int { younger.count + older.count }

    /// Whether this address may ask once more now, in milliseconds of one clock that never goes back.
    package func allows(_ address: String, at now: Int) -> Bool {
        if younger.count >= ratesMax / 2, younger[address] == nil {
            older = younger
            younger = [:]
        }
        var rate =
            younger[address] ?? older.removeValue(forKey: address)
            ?? RateLimit(perSecond: perSecond, burst: burst, at: now)
        defer { younger[address] = rate }
        return rate.allows(at: now)
    }
}
