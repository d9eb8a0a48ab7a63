import EventLoopIsolation
import NIOCore
import Redis
import TestSupport
import Testing

@LoopActor
struct RedisWaiterTests {
    private func withWaiter(
        _ body: @LoopActor (RedisWaiter, RedisClient, RedisServer) async throws -> Void
    ) async throws {
        try await withClient { client, server in
            let settings = try testSettings(server)
            let waiter = RedisWaiter(settings: settings, waitSeconds: 60, logger: silent)
            defer { waiter.stop() }
            let connected = Inbox<Void>()
            waiter.onConnected = { connected.put(()) }
            waiter.start()
            await connected.next()
            try await body(waiter, client, server)
        }
    }

    private func begin(_ waiter: RedisWaiter) -> Inbox<Result<RESPValue, RedisError>> {
        let inbox = Inbox<Result<RESPValue, RedisError>>()
        waiter.wait {
            ["BZPOPMIN", "orphaned", .integer($0)]
        } then: {
            inbox.put($0)
        }
        return inbox
    }

    @Test func `what is added later ends the wait`() async throws {
        try await withWaiter { waiter, client, _ in
            let wait = begin(waiter)
            _ = try await client.send(["ZADD", "orphaned", 7, "room"])
            let found: RESPValue = .array([string("orphaned"), string("room"), string("7")])
            #expect(await wait.next() == .success(found))
        }
    }

    @Test func `a cancelled wait finds nothing, however early it is cancelled`() async throws {
        try await withWaiter { waiter, client, _ in
            for _ in 1...20 {
                let wait = begin(waiter)
                waiter.cancel(through: client)
                #expect(await wait.next() == .success(.null))
            }
            _ = try await client.send(["ZADD", "orphaned", 7, "room"])
            #expect(try await client.send(["ZCARD", "orphaned"]) == .integer(1))
        }
    }

    @Test func `there is one wait at a time`() async throws {
        try await withWaiter { waiter, client, _ in
            let first = begin(waiter)
            #expect(await begin(waiter).next() == .failure(.overloaded))
            waiter.cancel(through: client)
            #expect(await first.next() == .success(.null))
        }
    }

    @Test func `a wait ends when Redis does, and the next one works`() async throws {
        try await withWaiter { waiter, client, server in
            let wait = begin(waiter)
            await server.kill()
            #expect(await wait.next() == .failure(.outcomeUnknown))
            #expect(await begin(waiter).next() == .failure(.unavailable))

            let connected = Inbox<Void>()
            waiter.onConnected = { connected.put(()) }
            try await server.start()
            await connected.next()
            await client.connected()
            _ = try await client.send(["ZADD", "orphaned", 1, "room"])
            #expect(await begin(waiter).next() != .failure(.unavailable))
        }
    }
}
