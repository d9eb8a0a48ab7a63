import EventLoopIsolation
import NIOCore
import Redis
import TestSupport
import Testing

@LoopActor
struct RedisSubscriberTests {
    private func message(_ text: String) -> SubscriptionEvent { .message(ByteBuffer(string: text)) }

    private func withSubscriber(
        _ change: (inout RedisSettings) -> Void = { _ in },
        _ body: @LoopActor (RedisSubscriber, RedisClient, RedisServer) async throws -> Void
    ) async throws {
        try await withClient { client, server in
            let subscriber = RedisSubscriber(
                settings: try testSettings(server, change),
                logger: silent
            )
            defer { subscriber.stop() }
            subscriber.start()
            try await body(subscriber, client, server)
        }
    }

    private func subscribe(
        _ subscriber: RedisSubscriber,
        _ channel: String
    ) async -> Inbox<SubscriptionEvent> {
        let inbox = Inbox<SubscriptionEvent>()
        subscriber.subscribe(channel) { inbox.put($0) }
        #expect(await inbox.next() == .subscribed)
        return inbox
    }

    @Test func `messages arrive in order, each on its own channel`() async throws {
        try await withSubscriber { subscriber, client, _ in
            let a = await subscribe(subscriber, "{a}:out")
            let b = await subscribe(subscriber, "{b}:out")
            for number in 1...100 {
                let receivers = try await client.send(["SPUBLISH", "{a}:out", .integer(number)])
                #expect(receivers == .integer(1))
            }
            _ = try await client.send(["SPUBLISH", "{b}:out", ""])
            for number in 1...100 { #expect(await a.next() == message("\(number)")) }
            #expect(await b.next() == message(""))
        }
    }

    @Test func `after unsubscribing nobody is counted and nothing arrives`() async throws {
        try await withSubscriber { subscriber, client, _ in
            let first = await subscribe(subscriber, "{a}:out")
            subscriber.unsubscribe("{a}:out")
            let second = await subscribe(subscriber, "{a}:out")
            subscriber.unsubscribe("{a}:out")
            _ = await subscribe(subscriber, "{b}:out")
            let reply = try await client.send(["SPUBLISH", "{a}:out", "x"])
            #expect(reply == .integer(0))
            #expect(first.isEmpty && second.isEmpty)
        }
    }

    @Test func `a killed and restarted Redis interrupts, then resubscribes`() async throws {
        try await withSubscriber { subscriber, client, server in
            let inboxes = [
                await subscribe(subscriber, "{a}:out"), await subscribe(subscriber, "{b}:out"),
            ]
            await server.kill()
            for inbox in inboxes { #expect(await inbox.next() == .interrupted) }
            try await server.start()
            for inbox in inboxes { #expect(await inbox.next() == .subscribed) }
            await client.connected()
            _ = try await client.send(["SPUBLISH", "{b}:out", "again"])
            #expect(await inboxes[1].next() == message("again"))
        }
    }

    @Test func `a connection that Redis cuts is restored`() async throws {
        try await withSubscriber { subscriber, client, _ in
            let inbox = await subscribe(subscriber, "{a}:out")
            _ = try await client.send(["CLIENT", "KILL", "TYPE", "pubsub"])
            #expect(await inbox.next() == .interrupted)
            #expect(await inbox.next() == .subscribed)
        }
    }

    @Test func `a hung Redis is noticed`() async throws {
        try await withSubscriber(impatient) { subscriber, _, server in
            let inbox = await subscribe(subscriber, "{a}:out")
            server.suspend()
            #expect(await inbox.next() == .interrupted)
            server.resume()
            #expect(await inbox.next() == .subscribed)
        }
    }

    @Test func `a channel the user may not read is refused`() async throws {
        try await withClient { client, server in
            let rule: RedisCommand = [
                "ACL", "SETUSER", "ann", "on", ">x", "+@all", "~*", "resetchannels", "&{a}:*",
            ]
            _ = try await client.send(rule)
            let limited = try testSettings(server) { ($0.url.user, $0.url.password) = ("ann", "x") }
            let subscriber = RedisSubscriber(settings: limited, logger: silent)
            defer { subscriber.stop() }
            subscriber.start()
            _ = await subscribe(subscriber, "{a}:out")
            let inbox = Inbox<SubscriptionEvent>()
            subscriber.subscribe("{b}:out") { inbox.put($0) }
            guard case .refused(.refused(let message)) = await inbox.next() else {
                Issue.record("was not refused")
                return
            }
            #expect(message.hasPrefix("NOPERM"))
        }
    }
}
