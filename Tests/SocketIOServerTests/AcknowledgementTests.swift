import EventLoopIsolation
import NIOCore
import SocketIO
import SocketIOServer
import Testing

/// Events that the peer is to acknowledge, and what the application hears of them.
@Suite(.timeLimit(.minutes(1))) struct AcknowledgementTests {
    /// What became of events, in order.
    @LoopActor
    private final class Answers {
        private(set) var all: [SocketAnswer] = []

        nonisolated init() {}

        func ask(_ connection: SocketIOConnection, timeout: Int = 5_000) {
            connection.emit(
                "q",
                argumentsJSON: ByteBuffer(),
                timeoutMilliseconds: timeout
            ) { self.all.append($0) }
        }
    }

    private func connected(
        _ server: TestServer
    ) async throws -> (client: RawClient, connection: SocketIOConnection) {
        let client = try await RawClient(server)
        _ = try await client.upgrade()
        _ = try await client.frame()
        try await client.sendText("40")
        _ = try await client.frame()
        return (client, try #require(await server.application.connections.first))
    }

    @Test func `an answer reaches whoever asked`() async throws {
        try await withServer { server in
            let (client, connection) = try await connected(server)
            async let answer = connection.call(
                "q",
                argumentsJSON: ByteBuffer(string: "1"),
                timeoutMilliseconds: 1_000
            )
            #expect(try await client.frame() == .text("420[\"q\",1]"))
            try await client.sendText("430[\"a\", 2]")
            let expected = ByteBuffer(string: "\"a\", 2")
            #expect(await answer == .answered(arguments: expected, attachments: []))
        }
    }

    @Test func `an answer is waited for as long as was said, and hardly longer`() async throws {
        try await withServer { server in
            let (client, connection) = try await connected(server)
            let answers = Answers()
            await answers.ask(connection, timeout: 5_000)
            await server.pass(seconds: 5)
            #expect(await answers.all.isEmpty)
            await server.pass(seconds: 1)
            #expect(await answers.all == [.timedOut])
            try await client.sendText("430[]")
            try await client.sendText("42[\"a\"]")
            _ = try await client.frame()
            #expect(try await client.frame() == .text("42[\"a\"]"))
            #expect(await answers.all == [.timedOut])
        }
    }

    @Test func `whoever waits hears of the connection's end, once`() async throws {
        try await withServer { server in
            let (client, connection) = try await connected(server)
            let answers = Answers()
            await answers.ask(connection)
            await answers.ask(connection)
            await connection.disconnect()
            #expect(await answers.all == [.disconnected, .disconnected])
            await answers.ask(connection)
            #expect(await answers.all.last == .notSent)
            await server.pass(seconds: 60)
            #expect(await answers.all.count == 3)
            // Kept until here: a client that is let go closes, which is an end of its own.
            _ = client
        }
    }

    @Test func `not more are outstanding than the bound`() async throws {
        var limits = EngineLimits()
        limits.acknowledgementsMax = 2
        try await withServer(limits: limits) { server in
            let (client, connection) = try await connected(server)
            let answers = Answers()
            for _ in 0..<3 { await answers.ask(connection) }
            #expect(await answers.all == [.notSent])
            #expect(try await client.frame() == .text("420[\"q\"]"))
            #expect(try await client.frame() == .text("421[\"q\"]"))
        }
    }
}
