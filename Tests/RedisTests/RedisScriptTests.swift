import EventLoopIsolation
import Redis
import TestSupport
import Testing

@LoopActor
struct RedisScriptTests {
    private let append = RedisScript("return redis.call('APPEND', KEYS[1], ARGV[1])")

    @Test func `a registered script runs at the first call`() async throws {
        try await withClient(scripts: [append]) { client, _ in
            let reply = try await client.evaluate(append, keys: ["k"], arguments: ["abc"])
            #expect(reply == .integer(3))
        }
    }

    @Test func `a script that was flushed is loaded and the call repeated`() async throws {
        try await withClient(scripts: [append]) { client, _ in
            _ = try await client.send(["SCRIPT", "FLUSH"])
            let reply = try await client.evaluate(append, keys: ["k"], arguments: ["abc"])
            #expect(reply == .integer(3))
        }
    }

    @Test func `a script is there again after Redis restarted`() async throws {
        try await withClient(scripts: [append]) { client, server in
            _ = try await client.evaluate(append, keys: ["k"], arguments: ["abc"])
            await server.kill()
            await client.disconnected()
            try await server.start()
            await client.connected()
            let reply = try await client.evaluate(append, keys: ["k"], arguments: ["d"])
            #expect(reply == .integer(4))
        }
    }

    @Test func `pipelined calls that meet a flush fail or run in order, never twice`() async throws
    {
        try await withClient(scripts: [append]) { client, _ in
            let results = Inbox<(Int, Result<RESPValue, RedisError>)>()
            _ = try await client.send(["SCRIPT", "FLUSH"])
            for number in 1...9 {
                client.evaluate(append, keys: ["k"], arguments: [.integer(number)]) {
                    results.put((number, $0))
                }
            }
            var ran: [Int] = []
            for _ in 1...9 {
                let (number, result) = await results.next()
                switch result {
                case .success: ran.append(number)
                case .failure(let error): #expect(error == .noScript)
                }
            }
            #expect(ran == [9])
            #expect(try await client.send(["GET", "k"]).text == "9")
        }
    }

    @Test func `a script's own error is a refusal`() async throws {
        let failing = RedisScript("return redis.error_reply('FENCED epoch')")
        try await withClient(scripts: [failing]) { client, _ in
            await #expect(throws: RedisError.refused("FENCED epoch")) {
                try await client.evaluate(failing, keys: [], arguments: [])
            }
        }
    }

    @Test func `a script that does not compile keeps the client from connecting`() async throws {
        let server = try await RedisServer()
        let attempts = Inbox<Void>()
        let client = RedisClient(
            settings: try testSettings(server),
            scripts: [RedisScript("return (")],
            jitter: {
                attempts.put(())
                return 1
            },
            logger: silent
        )
        defer { client.stop() }
        client.start()
        for _ in 1...2 { await attempts.next() }
        #expect(!client.isConnected)
    }
}
