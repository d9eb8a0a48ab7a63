import EventLoopIsolation
import NIOCore
import Redis
import TestSupport
import Testing

@LoopActor
struct RedisClientTests {
    @Test func `ten thousand pipelined commands are answered in order`() async throws {
        try await withClient { client, _ in
            let numbers: [Int?] = await withCheckedContinuation { continuation in
                var numbers: [Int?] = []
                for _ in 1...10_000 {
                    client.send(["INCR", "counter"]) { result in
                        numbers.append((try? result.get())?.integer)
                        if numbers.count == 10_000 { continuation.resume(returning: numbers) }
                    }
                }
            }
            #expect(numbers == Array(1...10_000))
        }
    }

    @Test func `a value of a megabyte comes back as it was sent`() async throws {
        try await withClient { client, _ in
            let value = ByteBuffer(bytes: (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 * 7) })
            _ = try await client.send(["SET", "large", .buffer(value)])
            #expect(try await client.send(["GET", "large"]) == .string(value))
        }
    }

    @Test func `an error reply fails its command only`() async throws {
        try await withClient { client, _ in
            _ = try await client.send(["SET", "text", "x"])
            await #expect(throws: RedisError.refused("ERR value is not an integer or out of range"))
            {
                try await client.send(["INCR", "text"])
            }
            #expect(try await client.send(["GET", "text"]).text == "x")
        }
    }

    @Test func `what is told is carried out, and answers go to what was sent`() async throws {
        try await withClient { client, _ in
            _ = try await client.send(["SET", "text", "x"])
            for _ in 1...100 {
                client.tell(["INCR", "counter"])
                client.tell(["INCR", "text"])
            }
            #expect(try await client.send(["GET", "counter"]).text == "100")
            #expect(try await client.send(["GET", "text"]).text == "x")
        }
    }

    @Test func `the database and the name are set before anything else`() async throws {
        try await withClient { settings in
            settings.url.database = 3
            settings.clientName = "viva-test"
        } _: { client, _ in
            let info = try await client.send(["CLIENT", "INFO"]).text ?? ""
            #expect(info.contains(" db=3 "))
            #expect(info.contains(" name=viva-test "))
        }
    }

    @Test func `commands in flight end as unknown when the connection is cut`() async throws {
        try await withClient { client, server in
            let other = RedisClient(settings: try testSettings(server), logger: silent)
            defer { other.stop() }
            other.start()
            await other.connected()
            let id = try await client.send(["CLIENT", "ID"]).integer ?? 0

            let blocked = client.begin(["BLPOP", "nothing", 0])
            _ = try await other.send(["CLIENT", "KILL", "ID", .integer(id)])

            #expect(await blocked.next() == .failure(.outcomeUnknown))
            await client.connected()
            #expect(try await client.send(["PING"]).text == "PONG")
        }
    }

    @Test func `while Redis is away commands fail at once, and work again afterwards`() async throws
    {
        try await withClient { client, server in
            _ = try await client.send(["SET", "kept", "yes"])
            await server.kill()
            await client.disconnected()
            await #expect(throws: RedisError.unavailable) {
                try await client.send(["GET", "kept"])
            }

            try await server.start()
            await client.connected()
            #expect(try await client.send(["GET", "kept"]).text == "yes")
        }
    }

    @Test func `a hung Redis is noticed, whether or not it was asked something`() async throws {
        try await withClient(impatient) { client, server in
            server.suspend()
            await #expect(throws: RedisError.outcomeUnknown) { try await client.send(["PING"]) }
            server.resume()
            await client.connected()

            server.suspend()
            await client.disconnected()
            #expect(!client.isConnected)
            server.resume()
        }
    }

    @Test func `the right password opens, also for a named user`() async throws {
        try await withClient(options: ["--requirepass", "p@ss"]) {
            $0.url.password = "p@ss"
        } _: { client, server in
            let rule: RedisCommand = ["ACL", "SETUSER", "ann", "on", ">x", "+@all", "~*"]
            _ = try await client.send(rule)
            let named = RedisClient(
                settings: try testSettings(server) {
                    ($0.url.user, $0.url.password) = ("ann", "x")
                },
                logger: silent
            )
            defer { named.stop() }
            named.start()
            await named.connected()
            #expect(try await named.send(["ACL", "WHOAMI"]).text == "ann")
        }
    }

    @Test(arguments: [nil, "wrong"])
    func `a refused password is told once, and tried again slowly`(password: String?) async throws {
        let server = try await RedisServer(options: ["--requirepass", "right"])
        let (logger, messages) = recordingLogger()
        let settings = try testSettings(server) {
            $0.url.password = password
            $0.refusedRetry = .milliseconds(20)
        }
        let client = RedisClient(settings: settings, logger: logger)
        defer { client.stop() }
        client.start()
        #expect(await messages.next().hasPrefix("error was refused by Redis"))

        let person = RedisClient(
            settings: try testSettings(server) { $0.url.password = "right" },
            logger: silent
        )
        defer { person.stop() }
        person.start()
        await person.connected()
        _ = try await person.send(["CONFIG", "SET", "requirepass", .string(password ?? "")])
        await client.connected()
        if !messages.isEmpty { Issue.record("then: \(await messages.next())") }
    }

    @Test func `a stopped client stays away until it is started`() async throws {
        try await withClient { client, _ in
            let reply = client.begin(["BLPOP", "nothing", 0])
            client.stop()
            #expect(await reply.next() == .failure(.outcomeUnknown))
            #expect(await client.begin(["PING"]).next() == .failure(.unavailable))
            client.start()
            await client.connected()
            #expect(await client.begin(["PING"]).next() == .success(string("PONG")))
        }
    }

    @Test func `a host that does not exist is unavailable`() async throws {
        let (logger, messages) = recordingLogger()
        let client = RedisClient(
            settings: RedisSettings(url: RedisURL(host: "does-not-exist.invalid")),
            logger: logger
        )
        defer { client.stop() }
        client.start()
        #expect(await messages.next().hasPrefix("warning could not connect to Redis"))
        #expect(await client.begin(["PING"]).next() == .failure(.unavailable))
    }
}
