// How many commands a second go through one connection, against a Redis that is running already:
//     redis-pipeline redis://127.0.0.1:6379 [in flight] [commands]
// Compare with `redis-benchmark -c 1 -P <in flight> -t set`.

import EventLoopIsolation
import Logging
import NIOCore
import Redis

/// Keeps a constant number of commands in flight until all are answered.
@LoopActor
final class Load {
    private let send: @LoopActor (@escaping RedisCompletion) -> Void
    private let done: CheckedContinuation<Void, Never>
    private var toSend: Int
    private var toReceive: Int

    init(
        commands: Int,
        done: CheckedContinuation<Void, Never>,
        send: @escaping @LoopActor (@escaping RedisCompletion) -> Void
    ) {
        (self.send, self.done, toSend, toReceive) = (send, done, commands, commands)
    }

    func sendNext() {
        guard toSend > 0 else { return }
        toSend -= 1
        send { result in
            if case .failure(let error) = result { fatalError("\(error)") }
            self.toReceive -= 1
            if self.toReceive == 0 { self.done.resume() } else { self.sendNext() }
        }
    }
}

@LoopActor
func measure(
    _ name: String,
    inFlight: Int,
    commands: Int,
    _ send: @escaping @LoopActor (@escaping RedisCompletion) -> Void
) async {
    let start = NIODeadline.now()
    await withCheckedContinuation { done in
        let load = Load(commands: commands, done: done, send: send)
        for _ in 0..<inFlight { load.sendNext() }
    }
    let seconds = Double((NIODeadline.now() - start).nanoseconds) / 1e9
    print("\(name): \(Int(Double(commands) / seconds)) a second, \(inFlight) in flight")
}

@LoopActor
func run(_ url: String, inFlight: Int, commands: Int) async throws {
    // What an owner's commit does: check epoch and revision, append, count on, publish.
    let commit = RedisScript(
        """
        local epoch, revision = unpack(redis.call('HMGET', KEYS[1], 'epoch', 'revision'))
        local next = (tonumber(revision) or 0) + 1
        redis.call('XADD', KEYS[2], 'MAXLEN', '~', 1000, next .. '-0', 'c', ARGV[1])
        redis.call('HSET', KEYS[1], 'revision', next)
        redis.call('SPUBLISH', KEYS[3], ARGV[1])
        return next
        """
    )
    let logger = Logger(label: "benchmark")
    let settings = RedisSettings(url: try RedisURL(url))
    let client = RedisClient(settings: settings, scripts: [commit], logger: logger)
    client.start()
    await withCheckedContinuation { connected in
        client.onConnected = { connected.resume() }
    }
    let payload = ByteBuffer(repeating: UInt8(ascii: "x"), count: 150)
    _ = try await client.send(["DEL", "{b}:meta", "{b}:log"])

    await measure("SET", inFlight: inFlight, commands: commands) { done in
        client.send(["SET", "{b}:key", .buffer(payload)], then: done)
    }
    await measure("SPUBLISH", inFlight: inFlight, commands: commands) { done in
        client.send(["SPUBLISH", "{b}:out", .buffer(payload)], then: done)
    }
    await measure("commit script", inFlight: inFlight, commands: commands) { done in
        client.evaluate(
            commit,
            keys: ["{b}:meta", "{b}:log", "{b}:out"],
            arguments: [.buffer(payload)],
            then: done
        )
    }

    var heard = 0
    let subscriber = RedisSubscriber(settings: settings, logger: logger)
    subscriber.start()
    await withCheckedContinuation { subscribed in
        subscriber.subscribe("{b}:out") { event in
            if event == .subscribed { subscribed.resume() } else { heard += 1 }
        }
    }
    await measure("SPUBLISH, heard here too", inFlight: inFlight, commands: commands) { done in
        client.send(["SPUBLISH", "{b}:out", .buffer(payload)], then: done)
    }
    print("\(heard) of \(commands) messages heard")
}

let arguments = CommandLine.arguments.dropFirst()
let numbers = arguments.dropFirst().compactMap { Int($0) }
try await run(
    arguments.first ?? "redis://127.0.0.1:6379",
    inFlight: numbers.first ?? 64,
    commands: numbers.dropFirst().first ?? 200_000
)
