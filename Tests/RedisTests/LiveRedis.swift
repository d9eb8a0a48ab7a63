import EventLoopIsolation
import Logging
import NIOCore
import Redis
import TestSupport

/// Comes back quickly; patience is left as it is, because a busy machine is no reason to fail.
func testSettings(_ server: RedisServer, _ change: (inout RedisSettings) -> Void = { _ in }) throws
    -> RedisSettings
{
    var settings = RedisSettings(url: try RedisURL(server.url))
    settings.connectTimeout = .seconds(60)
    settings.firstRetry = .milliseconds(5)
    settings.longestRetry = .milliseconds(20)
    change(&settings)
    return settings
}

/// For tests of a hung Redis, which would take seconds otherwise.
func impatient(_ settings: inout RedisSettings) {
    settings.silenceMax = .milliseconds(500)
}

let silent = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }

/// Runs `body` with a connected client of a fresh Redis.
@LoopActor
func withClient(
    scripts: [RedisScript] = [],
    options: [String] = [],
    _ change: @Sendable (inout RedisSettings) -> Void = { _ in },
    _ body: @LoopActor (RedisClient, RedisServer) async throws -> Void
) async throws {
    let server = try await RedisServer(options: options)
    let client = RedisClient(
        settings: try testSettings(server, change),
        scripts: scripts,
        logger: silent
    )
    defer { client.stop() }
    client.start()
    await client.connected()
    try await body(client, server)
}

extension RedisClient {
    func connected() async {
        guard !isConnected else { return }
        await withCheckedContinuation { continuation in
            onConnected = { [weak self] in
                self?.onConnected = nil
                continuation.resume()
            }
        }
    }

    func disconnected() async {
        guard isConnected else { return }
        await withCheckedContinuation { continuation in
            onDisconnected = { [weak self] in
                self?.onDisconnected = nil
                continuation.resume()
            }
        }
    }
}

/// Values that come one by one, to be awaited in order.
@LoopActor
final class Inbox<Value: Sendable> {
    private var values: [Value] = []
    private var waiting: CheckedContinuation<Value, Never>?

    func put(_ value: Value) {
        guard let waiting else { return values.append(value) }
        self.waiting = nil
        waiting.resume(returning: value)
    }

    var isEmpty: Bool { values.isEmpty }

    func next() async -> Value {
        guard values.isEmpty else { return values.removeFirst() }
        return await withCheckedContinuation { waiting = $0 }
    }
}

extension RedisClient {
    /// Sends now; the result can be awaited later.
    func begin(_ command: RedisCommand) -> Inbox<Result<RESPValue, RedisError>> {
        let inbox = Inbox<Result<RESPValue, RedisError>>()
        send(command) { inbox.put($0) }
        return inbox
    }
}

/// A logger whose warnings and errors can be awaited, each as level, message and metadata.
@LoopActor
func recordingLogger() -> (Logger, Inbox<String>) {
    let inbox = Inbox<String>()
    return (Logger(label: "tests") { _ in RecordingLogHandler(inbox: inbox) }, inbox)
}

private struct RecordingLogHandler: LogHandler {
    let inbox: Inbox<String>
    var logLevel = Logger.Level.warning
    var metadata = Logger.Metadata()

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let text = "\(event.level) \(event.message) \(event.metadata ?? [:])"
        LoopActor.assumeIsolated { inbox.put(text) }
    }
}
