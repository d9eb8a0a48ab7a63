import Coordination
import CoreMetrics
import EventLoopIsolation
import Hummingbird
import Logging
import Redis
import RoomModel
import ServiceLifecycle
import UnixSignals

/// What every role of a process is built from.
@LoopActor
struct Process {
    let configuration: Configuration
    let logger: Logger
    let commands: RedisClient
    let subscriptions: RedisSubscriber
    let channels: RoomChannels
    let metrics: ProcessMetrics

    init(_ configuration: Configuration) {
        self.configuration = configuration
        logger = Self.logger(configuration)
        metrics = ProcessMetrics(configuration)
        commands = RedisClient(
            settings: Self.redisSettings(configuration),
            scripts: Scripts.all,
            logger: logger
        )
        subscriptions = RedisSubscriber(
            settings: Self.redisSettings(configuration),
            logger: logger
        )
        channels = RoomChannels(
            commands: commands,
            subscriptions: subscriptions,
            clock: .system,
            logger: logger
        )
        watchConnections()
    }

    func waiter() -> RedisWaiter {
        let waiter = RedisWaiter(settings: Self.redisSettings(configuration), logger: logger)
        let count = metrics.watch("waiter") { waiter.isConnected }
        waiter.onConnected = { count.connected() }
        return waiter
    }

    private func watchConnections() {
        let commandCount = metrics.watch("commands") { [commands] in commands.isConnected }
        commands.onConnected = { commandCount.connected() }
        let subscriptionCount = metrics.watch("subscriptions") { [subscriptions] in
            subscriptions.isConnected
        }
        subscriptions.onConnected = { subscriptionCount.connected() }
    }

    /// Calls `then`, too, each time Redis takes commands again.
    func onRedisReturned(_ then: @escaping @LoopActor () -> Void) {
        let count = commands.onConnected
        commands.onConnected = {
            count?()
            then()
        }
    }

    /// Health, readiness and metrics, for the deployment alone.
    func internalServer(missingPart: @escaping @LoopActor () -> String?) -> [any Service] {
        metrics.gauge("viva_ready") { missingPart() == nil ? 1 : 0 }
        let server = InternalServer(
            configuration: configuration,
            metrics: metrics,
            missingPart: missingPart,
            logger: logger
        )
        return server.services
    }

    /// Runs the services until one fails or the process is told to stop; the last stops first.
    func run(_ services: [any Service]) async throws {
        commands.start()
        subscriptions.start()
        startMeasuring()
        await reachRedis()
        logger.info("process started", metadata: ["version": "\(Viva.version)"])
        let group = ServiceGroup(
            configuration: .init(
                services: services,
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        try await group.run()
        logger.info("process stopped")
    }

    private func startMeasuring() {
        metrics.loopLag.start()
        let roundTrip = Timer(label: "viva_redis_round_trip_seconds", factory: metrics.registry)
        RedisProbe(commands, roundTrip).start()
    }

    /// Waits a moment for Redis, so that nobody is let in just to be turned away.
    ///
    /// A proxy gives newcomers to the gateway that has the fewest, which is one that was just started.
    private func reachRedis() async {
        let deadline = ContinuousClock.now + .seconds(2)
        while !channels.isAvailable, ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(5))
        }
    }

    private static func logger(_ configuration: Configuration) -> Logger {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var logger = Logger(label: configuration.name)
        logger.logLevel = configuration.logLevel
        return logger
    }

    private static func redisSettings(_ configuration: Configuration) -> RedisSettings {
        var settings = RedisSettings(url: configuration.redis)
        settings.caFile = configuration.redisCAFile
        settings.clientName = "viva-" + configuration.name
        settings.commandsInFlightMax = Limits.Process.commandsInFlightMax
        settings.bytesQueuedMax = Limits.Process.commandBytesQueuedMax
        settings.channelsMax = Limits.Process.channelsMax
        settings.replyLimits.bytesMax = Limits.Process.replyBytesMax
        settings.replyLimits.elementsMax = Limits.Process.replyElementsMax
        return settings
    }
}
