/// Tells a dead or hung peer from a quiet one, without reading a clock.
///
/// `tick` is called four times per permitted silence. Two ticks without a byte ask for a PING, four
/// give the connection up. Ticks are counted, not time, so a pause of this very process, after which
/// only one tick is due, is not taken for silence of the other side.
struct SilenceWatch {
    static let ticksPerSilence = 4
    private var quietTicks = 0

    enum Action {
        case nothing
        case ping
        case giveUp
    }

    /// Anything at all arrived.
    mutating func heard() {
        quietTicks = 0
    }

    mutating func tick() -> Action {
        quietTicks += 1
        if quietTicks > Self.ticksPerSilence { return .giveUp }
        return quietTicks == Self.ticksPerSilence / 2 ? .ping : .nothing
    }
}
