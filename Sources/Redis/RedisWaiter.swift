package import EventLoopIsolation
package import Logging
import NIOCore

/// Waits at Redis, with a blocking command such as `BZMPOP`, on a connection of its own: a blocked
/// connection answers nothing else.
///
/// States: *idle* → `wait` → *waiting* → its completion → *idle*. A wait is bounded, so that a dead
/// connection is noticed; whoever wants to go on waiting asks again.
@LoopActor
package final class RedisWaiter {
    package var onConnected: (@LoopActor () -> Void)?

    private let client: RedisClient
    private let waitSeconds: Int
    /// Redis' number for our connection, by which it is unblocked.
    private var clientID: Int?
    private var isWaiting = false
    /// Tells a wait from the next one.
    private var waitCount = 0

    /// The permitted silence of `settings` is counted on top of `waitSeconds`.
    package init(
        settings: RedisSettings,
        waitSeconds: Int = 10,
        jitter: @escaping @LoopActor () -> Double = { .random(in: 0...1) },
        logger: Logger
    ) {
        var patient = settings
        patient.silenceMax = settings.silenceMax + .seconds(Int64(waitSeconds))
        self.waitSeconds = waitSeconds
        client = RedisClient(settings: patient, jitter: jitter, logger: logger)
        client.onConnected = { [weak self] in self?.connected() }
    }

    package var isConnected: Bool { client.isConnected }

    package func start() { client.start() }

    package func stop() { client.stop() }

    /// Sends what `command` makes of the seconds to wait; `null` means that they have passed.
    ///
    /// After `outcomeUnknown` Redis may have taken an element out that nobody has seen. While one wait
    /// lasts another is `overloaded`.
    package func wait(
        _ command: (_ seconds: Int) -> RedisCommand,
        then completion: @escaping RedisCompletion
    ) {
        guard !isWaiting else { return completion(.failure(.overloaded)) }
        isWaiting = true
        waitCount += 1
        client.send(command(waitSeconds)) { [weak self] result in
            self?.isWaiting = false
            completion(result)
        }
    }

    /// Ends the wait early: it completes with `null`, or with an element that was found just then.
    ///
    /// Redis is told over another connection. Closing ours would be simpler, but an element already
    /// on its way here would be lost.
    package func cancel(through commands: RedisClient) {
        guard isWaiting else { return }
        guard let clientID else { return cancelLater(through: commands) }
        commands.send(["CLIENT", "UNBLOCK", .integer(clientID)]) { [weak self, waitCount] result in
            guard let self, self.waitCount == waitCount, result != .success(.integer(1))
            else { return }
            // Redis has not met the command yet, or is away for a moment.
            cancelLater(through: commands)
        }
    }

    private func cancelLater(through commands: RedisClient) {
        LoopActor.eventLoop.scheduleTask(in: Self.cancelRetry) { [weak self, waitCount] in
            LoopActor.assumeIsolated {
                guard let self, self.waitCount == waitCount else { return }
                self.cancel(through: commands)
            }
        }
    }

    private static let cancelRetry = TimeAmount.milliseconds(20)

    private func connected() {
        clientID = nil
        client.send(["CLIENT", "ID"]) { [weak self] result in
            self?.clientID = (try? result.get())?.integer
        }
        onConnected?()
    }
}
