import Coordination
import CoreMetrics
import EventLoopIsolation
import Hummingbird
import LogLines
import Logging
import Redis
import RoomModel
import ServiceLifecycle
import Settings
import UnixSignals
import WireFormat

/// What every role of a process is built from.
@LoopActor
struct Process {
    let configuration: Configuration
    let logger: Logger
    let commands: RedisClient
    let subscriptions: RedisSubscriber
    let channels: RoomChannels
    let metrics: ProcessMetrics
    let tracing: ProcessTracing?

    init(_ configuration: Configuration) {
        self.configuration = configuration
        logger = Self.logger(configuration)
        metrics = ProcessMetrics(configuration)
        tracing = ProcessTracing(configuration, metrics)
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
        channels.processName = configuration.name
        channels.retentionSeconds = configuration.retentionDays * 86_400
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
    private func internalServer(_ facts: ProcessFacts) -> [any Service] {
        metrics.gauge("viva_ready") { facts.missingPart() == nil ? 1 : 0 }
        let server = InternalServer(
            configuration: configuration,
            metrics: metrics,
            missingPart: facts.missingPart,
            logger: logger
        )
        return server.services
    }

    /// Runs the services until one fails or the process is told to stop; the last stops first.
    ///
    /// `taking` is told of rooms that another owner hands to this one.
    func run(
        _ services: [any Service],
        _ facts: ProcessFacts,
        taking: @escaping @LoopActor (RoomID, Epoch) -> Void = { _, _ in }
    ) async throws {
        defer { tracing?.end() }
        LoopActor.restWhenBusy(turningAt: configuration.role == .owner ? .middle : .first)
        commands.start()
        subscriptions.start()
        startMeasuring()
        await reachRedis()
        logger.info(
            "process started",
            metadata: ["version": "\(Viva.version)", "role": "\(configuration.role.rawValue)"]
        )
        let group = ServiceGroup(
            configuration: .init(
                services: internalServer(facts) + services,
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        hearOrders(for: group, taking: taking)
        let beat = ProcessBeat(channels, configuration, facts, metrics.loopLag)
        beat.start()
        do {
            try await group.run()
        } catch {
            await beat.stop()
            throw error
        }
        await beat.stop()
        logger.info("process stopped")
    }

    private func hearOrders(
        for group: ServiceGroup,
        taking: @escaping @LoopActor (RoomID, Epoch) -> Void
    ) {
        channels.hearOrders(to: configuration.name) { [logger] order in
            switch order {
            case .drain:
                logger.info("process was told something", metadata: ["order": "drain"])
                // As a signal would: whoever runs the group waits for it to end.
                Task { await group.triggerGracefulShutdown() }
            case .take(let room, let epoch): taking(room, epoch)
            }
        }
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
        let handler = LineLogHandler(
            process: configuration.name,
            level: configuration.logLevel,
            format: configuration.logFormat.lines
        )
        // For loggers that libraries make for themselves.
        LoggingSystem.bootstrap { _ in handler }
        return Logger(label: configuration.name)
    }

    private static func redisSettings(_ configuration: Configuration) -> RedisSettings {
        .viva(
            configuration.redis,
            caFile: configuration.redisCAFile,
            clientName: "viva-" + configuration.name
        )
    }
}
