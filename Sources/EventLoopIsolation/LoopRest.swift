import Glibc
import NIOCore
import NIOPosix

/// Carries out what `LoopPace` decides, in a process that has asked for it.
///
/// `NIOPosix` calls it after each turn, on the loop, which is the only one to touch its state. The loop
/// sleeps here and not in a timer, which would be one more turn.
final class LoopRest: NIOEventLoopMetricsDelegate, @unchecked Sendable {
    private var pace: LoopPace?

    func begin(_ beat: LoopPace.Beat) { pace = LoopPace(beat) }

    func processedTick(info: NIOEventLoopTickInfo) {
        guard let rest = pace?.rest(afterTurnFrom: info.startTime, to: info.endTime), rest > .zero
        else { return }
        var time = timespec(tv_sec: 0, tv_nsec: Int(rest.nanoseconds))
        nanosleep(&time, nil)
    }
}
