package import EventLoopIsolation
package import Logging
import NIOCore

/// Sends commands to Redis over one connection, pipelined, and restores it when it is lost.
///
/// Nothing is kept for later: while Redis is away a command fails at once with `unavailable`, and
/// what was in flight ends with `outcomeUnknown`. Retrying is the business of whoever knows whether
/// the command may run twice. Replies come in the order of the commands.
@LoopActor
package final class RedisClient {
    /// Called each time commands can be sent again, scripts loaded.
    package var onConnected: (@LoopActor () -> Void)?
    /// Called each time the connection is lost, before the commands in flight are told.
    package var onDisconnected: (@LoopActor () -> Void)?

    private let reconnector: Reconnector
    /// How many commands callers have sent; tells whether one was sent after another.
    private var sentCount = 0

    /// The scripts are loaded on every new connection before anything else can be sent.
    ///
    /// `jitter` gives random numbers from 0 to 1, which spread the attempts of many processes to
    /// reconnect.
    package init(
        settings: RedisSettings,
        scripts: [RedisScript] = [],
        jitter: @escaping @LoopActor () -> Double = { .random(in: 0...1) },
        logger: Logger
    ) {
        reconnector = Reconnector(
            settings: settings,
            preparation: scripts.map(\.load),
            jitter: jitter,
            logger: logger
        )
        reconnector.onReady = { [weak self] _ in self?.onConnected?() }
        reconnector.onLost = { [weak self] in self?.onDisconnected?() }
    }

    package var isConnected: Bool { reconnector.connection != nil }

    /// Begins to connect, and to reconnect until `stop`.
    package func start() { reconnector.start() }

    /// Closes the connection at once; whoever wants its replies waits for them first.
    package func stop() { reconnector.stop() }

    /// The completion is called once; before this returns when the command cannot be sent.
    package func send(_ command: RedisCommand, then completion: @escaping RedisCompletion) {
        guard let connection = reconnector.connection else {
            return completion(.failure(.unavailable))
        }
        sentCount += 1
        connection.send(command, then: completion)
    }

    /// Sends a command and never learns what became of it: for what may be lost, or is watched otherwise.
    ///
    /// An answer would wake this process, and cost Redis a system call.
    package func tell(_ command: RedisCommand) {
        guard let connection = reconnector.connection else { return }
        sentCount += 1
        connection.tell(command)
    }

    /// Cancelling the task does not take back the command.
    package func send(_ command: RedisCommand) async throws(RedisError) -> RESPValue {
        let result = await withCheckedContinuation { continuation in
            send(command) { continuation.resume(returning: $0) }
        }
        return try result.get()
    }

    // MARK: Scripts

    /// Calls a script; of the calls that run, none runs before one that was sent earlier.
    ///
    /// When Redis has lost the script (`SCRIPT FLUSH`) it is loaded again. The call is repeated only
    /// if nothing was sent after it: otherwise a later call, made by a script that another process
    /// has loaded meanwhile, may have run already, and the call fails with `noScript` instead.
    package func evaluate(
        _ script: RedisScript,
        keys: [RedisArgument],
        arguments: [RedisArgument],
        then completion: @escaping RedisCompletion
    ) {
        let call = script.call(keys: keys, arguments: arguments)
        send(call) { [weak self, number = sentCount + 1] result in
            guard case .failure(.refused(let message)) = result, message.hasPrefix("NOSCRIPT")
            else { return completion(result) }
            self?.reload(script)
            guard let self, sentCount == number else { return completion(.failure(.noScript)) }
            send(call, then: completion)
        }
    }

    package func evaluate(
        _ script: RedisScript,
        keys: [RedisArgument],
        arguments: [RedisArgument]
    ) async throws(RedisError) -> RESPValue {
        let result = await withCheckedContinuation { continuation in
            evaluate(script, keys: keys, arguments: arguments) {
                continuation.resume(returning: $0)
            }
        }
        return try result.get()
    }

    /// Each call that missed the script asks for it; loading it again is harmless and rare.
    private func reload(_ script: RedisScript) {
        reconnector.connection?.send(script.load) { _ in }
    }
}
