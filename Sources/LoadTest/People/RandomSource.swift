/// A small random source of one person: the same seed gives the same person.
///
/// SplitMix64 (Steele, Lea, Flood 2014): one word of state, which matters with many thousand people.
package struct RandomSource: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// From 0 up to, not including, 1.
    mutating func share() -> Double { Double(next() >> 11) * 0x1p-53 }

    mutating func chance(perMille: Int) -> Bool { next() % 1_000 < UInt64(perMille) }

    mutating func draw(_ quantiles: Quantiles) -> Int { quantiles.value(at: share()) }
}
