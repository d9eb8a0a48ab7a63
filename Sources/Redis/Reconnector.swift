import EventLoopIsolation
import Logging
import NIOCore
import NIOPosix

/// Keeps one connection to Redis: makes it, prepares it, and makes another when it is lost.
///
/// States: *stopped* → `start` → *connecting* → *preparing* (password, database, name, scripts) →
/// *ready* → lost → *waiting* → *connecting* … ; `stop` leads back to *stopped* from everywhere.
/// Outside, only ready and not ready can be told apart.
@LoopActor
final class Reconnector {
    var onReady: (@LoopActor (RedisConnection) -> Void)?
    /// Called once per `onReady`.
    var onLost: (@LoopActor () -> Void)?

    private enum State {
        case stopped
        case connecting
        case preparing(RedisConnection)
        case ready(RedisConnection)
        case waiting(Scheduled<Void>)
    }

    private let settings: RedisSettings
    private let extraPreparation: [RedisCommand]
    private let logger: Logger
    private var state = State.stopped
    private var backoff: Backoff
    private let jitter: @LoopActor () -> Double
    /// The same trouble is told once, not at every attempt.
    private var lastReason: RedisError?

    init(
        settings: RedisSettings,
        preparation: [RedisCommand] = [],
        jitter: @escaping @LoopActor () -> Double,
        logger: Logger
    ) {
        self.settings = settings
        extraPreparation = preparation
        self.jitter = jitter
        self.logger = logger
        backoff = Backoff(first: settings.firstRetry, longest: settings.longestRetry)
    }

    /// The connection to use now, or nil while there is none.
    var connection: RedisConnection? {
        guard case .ready(let connection) = state else { return nil }
        return connection
    }

    func start() {
        guard case .stopped = state else { return }
        connect()
    }

    func stop() {
        let before = state
        state = .stopped
        switch before {
        case .preparing(let connection): connection.close(because: .unavailable)
        case .ready(let connection):
            onLost?()
            connection.close(because: .unavailable)
        case .waiting(let retry): retry.cancel()
        case .stopped, .connecting: break
        }
    }

    // MARK: Connecting

    private func connect() {
        state = .connecting
        let attempt = ConnectionAttempt(settings: settings)
        attempt.start { result in
            guard case .connecting = self.state else {
                (try? result.get())?.close(because: .unavailable)
                return
            }
            switch result {
            case .success(let connection): self.prepare(connection)
            case .failure(let reason): self.lost(because: reason)
            }
        }
    }

    private func prepare(_ connection: RedisConnection) {
        guard connection.isOpen else {
            return lost(because: .connectionFailed("closed while connecting"))
        }
        state = .preparing(connection)
        connection.onClosed = { [weak self] reason in self?.lost(because: reason) }
        var refusal: RedisError?
        for command in settings.preparation + extraPreparation {
            connection.send(command) { result in
                if case .failure(let error) = result, refusal == nil { refusal = error }
            }
        }
        // Answered only by a Redis that has loaded its data and lets us in: the last word.
        connection.send(["PING"]) { result in
            if case .failure(let error) = result, refusal == nil { refusal = error }
            if let refusal { connection.close(because: refusal) } else { self.becameReady() }
        }
    }

    private func becameReady() {
        guard case .preparing(let connection) = state else { return }
        state = .ready(connection)
        backoff.reset()
        lastReason = nil
        logger.info("connected to Redis", metadata: ["name": "\(settings.clientName)"])
        onReady?(connection)
    }

    private func lost(because reason: RedisError) {
        let wasReady = connection != nil
        if case .stopped = state { return }
        log(reason, wasReady: wasReady)
        let delay =
            reason.isAboutIdentity ? settings.refusedRetry : backoff.next(jitter: jitter())
        state = .waiting(
            LoopActor.eventLoop.scheduleTask(in: delay) { [weak self] in
                LoopActor.assumeIsolated { self?.connect() }
            }
        )
        if wasReady { onLost?() }
    }

    private func log(_ reason: RedisError, wasReady: Bool) {
        defer { lastReason = reason }
        guard reason != lastReason else { return }
        let metadata: Logger.Metadata = [
            "name": "\(settings.clientName)", "reason": "\(reason)",
        ]
        if reason.isAboutIdentity {
            logger.error("was refused by Redis", metadata: metadata)
        } else if wasReady {
            logger.warning("lost the connection to Redis", metadata: metadata)
        } else {
            logger.warning("could not connect to Redis", metadata: metadata)
        }
    }
}

extension RedisSettings {
    /// What every new connection says first.
    fileprivate var preparation: [RedisCommand] {
        var commands: [RedisCommand] = []
        if let password = url.password {
            let user = url.user.map { [RedisArgument.string($0)] } ?? []
            commands.append(RedisCommand(["AUTH"] + user + [.string(password)]))
        }
        if url.database != 0 { commands.append(["SELECT", .integer(url.database)]) }
        if !clientName.isEmpty { commands.append(["CLIENT", "SETNAME", .string(clientName)]) }
        return commands
    }
}
