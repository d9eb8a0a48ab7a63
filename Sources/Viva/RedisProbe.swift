import CoreMetrics
import EventLoopIsolation
import NIOCore
import Redis

/// Measures the way to Redis and back, once a second.
@LoopActor
final class RedisProbe {
    private static let pause = TimeAmount.seconds(1)
    private let commands: RedisClient
    private let roundTrip: Timer

    init(_ commands: RedisClient, _ roundTrip: Timer) {
        self.commands = commands
        self.roundTrip = roundTrip
    }

    /// Asks for as long as the process runs; while Redis is away nothing is measured.
    func start() {
        let start = NIODeadline.now()
        commands.send(["PING"]) { [roundTrip] reply in
            guard case .success = reply else { return }
            roundTrip.recordNanoseconds((NIODeadline.now() - start).nanoseconds)
        }
        LoopActor.eventLoop.scheduleTask(in: Self.pause) {
            LoopActor.assumeIsolated { self.start() }
        }
    }
}

/// Counts how often a connection had to be made anew.
@LoopActor
final class ReconnectCount {
    private let reconnects: Counter
    private var isFirst = true

    init(_ reconnects: Counter) {
        self.reconnects = reconnects
    }

    func connected() {
        if !isFirst { reconnects.increment() }
        isFirst = false
    }
}
