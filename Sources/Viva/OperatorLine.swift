import ArgumentParser
import Coordination
import EventLoopIsolation
import LogLines
import Logging
import NIOCore
import Redis
import RoomModel
import Settings

/// An operator's way to the deployment: through its Redis, as processes go to each other.
@LoopActor
struct OperatorLine {
    private static let patience = Duration.seconds(5)

    let commands: RedisClient
    let channels: RoomChannels

    /// Connects, or ends the command: it can say nothing without Redis.
    static func open(_ options: SettingOptions) async throws -> OperatorLine {
        let settings = try options.orExit { () throws(SettingProblems) in
            let values = try options.values(for: .gateway)
            return RedisSettings.viva(
                try values.value(ProcessSettings.redisURL),
                caFile: try values.optional(ProcessSettings.redisCAFile),
                clientName: "viva-operator"
            )
        }
        let line = OperatorLine(settings)
        line.commands.start()
        guard await waits(upTo: patience, until: { line.commands.isConnected }) else {
            throw RedisError.connectionFailed("\(settings.url.host):\(settings.url.port)")
        }
        return line
    }

    private init(_ settings: RedisSettings) {
        let handler = LineLogHandler(process: "viva", level: .warning, format: .text)
        let logger = Logger(label: "viva") { _ in handler }
        commands = RedisClient(settings: settings, scripts: Scripts.all, logger: logger)
        channels = RoomChannels(
            commands: commands,
            subscriptions: RedisSubscriber(settings: settings, logger: logger),
            clock: .system,
            logger: logger
        )
    }

    /// Looks again and again; false if it never came true.
    static func waits(
        upTo patience: Duration,
        every pause: Duration = .milliseconds(10),
        until condition: @LoopActor () async throws -> Bool
    ) async rethrows -> Bool {
        let deadline = ContinuousClock.now + patience
        while try await !condition() {
            guard ContinuousClock.now < deadline else { return false }
            try? await Task.sleep(for: pause)
        }
        return true
    }

    /// What Redis says of itself, by the names of `INFO`; nothing where it does not allow the question.
    func information() async -> [String: String] {
        let text = try? await commands.send(["INFO"]).text
        let pairs = (text ?? "").split(whereSeparator: \.isNewline).map { line in
            let name = line.prefix { $0 != ":" }
            return (String(name), String(line.dropFirst(name.count + 1)))
        }
        return Dictionary(pairs) { first, _ in first }
    }

    /// Does what needs Redis; ends the command where Redis does not answer.
    static func orExit<Value>(_ work: @LoopActor () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as RedisError {
            StandardError.write("viva: Redis does not answer: \(error)\n")
            throw ExitCode(2)
        }
    }
}
