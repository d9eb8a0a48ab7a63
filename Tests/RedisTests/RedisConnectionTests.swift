import EventLoopIsolation
import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import Redis

/// Everything here happens at once: time and network of the embedded channel stand still by themselves.
@LoopActor
struct RedisConnectionTests {
    private let channel = EmbeddedChannel()
    private let connection: RedisConnection
    private let closed = Inbox<RedisError>()

    init() throws {
        try self.init(settings: RedisSettings(url: RedisURL(host: "test")))
    }

    private init(settings: RedisSettings) throws {
        connection = RedisConnection(channel: channel, settings: settings)
        try channel.pipeline.syncOperations.addHandler(RedisChannelHandler(connection: connection))
        channel.connect(to: try SocketAddress(unixDomainSocketPath: "/test"), promise: nil)
        connection.onClosed = { [closed] in closed.put($0) }
    }

    private func send(_ command: RedisCommand) -> Inbox<Result<RESPValue, RedisError>> {
        let inbox = Inbox<Result<RESPValue, RedisError>>()
        connection.send(command) { inbox.put($0) }
        return inbox
    }

    private func sent() throws -> String? {
        channel.embeddedEventLoop.run()
        return try channel.readOutbound(as: ByteBuffer.self).map { String(buffer: $0) }
    }

    private func receive(_ text: String) throws {
        try channel.writeInbound(ByteBuffer(string: text))
    }

    @Test func `commands of one turn leave together`() throws {
        _ = send(["PING"])
        _ = send(["ECHO", "x"])
        #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
        #expect(try sent() == "*1\r\n$4\r\nPING\r\n*2\r\n$4\r\nECHO\r\n$1\r\nx\r\n")
        #expect(try sent() == nil)
    }

    @Test func `a command sent by a completion leaves in the next turn`() throws {
        connection.send(["ONE"]) { _ in connection.send(["TWO"]) { _ in } }
        #expect(try sent() == "*1\r\n$3\r\nONE\r\n")
        try receive("+OK\r\n")
        #expect(try sent() == "*1\r\n$3\r\nTWO\r\n")
    }

    @Test func `replies are matched in order, errors among them`() async throws {
        let (first, second, third) = (send(["A"]), send(["B"]), send(["C"]))
        try receive(":1\r\n-ERR no\r\n*1\r\n-ERR inner\r\n")
        #expect(await first.next() == .success(.integer(1)))
        #expect(await second.next() == .failure(.refused("ERR no")))
        #expect(await third.next() == .success(.array([.error("ERR inner")])))
    }

    @Test(arguments: [
        "HTTP/1.1 400\r\n", "+OK\r\n+OK\r\n", "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n",
    ])
    func `what cannot be a reply closes the connection`(text: String) async throws {
        let (first, second) = (send(["A"]), text.hasPrefix("+") ? nil : send(["B"]))
        try receive(text)
        guard case .malformedReply = await closed.next() else {
            Issue.record("closed for another reason")
            return
        }
        let expected: Result<RESPValue, RedisError> =
            text.hasPrefix("+") ? .success(string("OK")) : .failure(.outcomeUnknown)
        #expect(await first.next() == expected)
        if let second { #expect(await second.next() == .failure(.outcomeUnknown)) }
        #expect(!channel.isActive)
        #expect(await send(["C"]).next() == .failure(.unavailable))
    }

    @Test func `a completion that closes the connection gets no further replies`() async throws {
        connection.send(["A"]) { _ in connection.close(because: .unavailable) }
        let second = send(["B"])
        try receive("+OK\r\n+OK\r\n")
        #expect(await second.next() == .failure(.outcomeUnknown))
        #expect(await closed.next() == .unavailable)
        #expect(closed.isEmpty)
    }

    @Test func `the owner hears of the end before the commands in flight do`() async throws {
        let order = Inbox<String>()
        connection.onClosed = { _ in order.put("owner") }
        connection.send(["A"]) { _ in order.put("command") }
        channel.pipeline.fireChannelInactive()
        #expect(await order.next() == "owner")
        #expect(await order.next() == "command")
    }

    @Test func `silence is answered by a ping, and further silence ends the connection`()
        async throws
    {
        channel.embeddedEventLoop.advanceTime(by: .seconds(3))
        #expect(try sent() == "*1\r\n$4\r\nPING\r\n")
        try receive("+PONG\r\n")
        channel.embeddedEventLoop.advanceTime(by: .seconds(3))
        #expect(try sent() == "*1\r\n$4\r\nPING\r\n")
        channel.embeddedEventLoop.advanceTime(by: .seconds(4))
        #expect(await closed.next() == .connectionFailed("silent for too long"))
        #expect(!channel.isActive)
    }

    @Test func `commands beyond the bound are turned away until one is answered`() async throws {
        var settings = RedisSettings(url: RedisURL(host: "test"))
        settings.commandsInFlightMax = 2
        let test = try RedisConnectionTests(settings: settings)
        let first = test.send(["A"])
        _ = test.send(["B"])
        #expect(await test.send(["C"]).next() == .failure(.overloaded))
        try test.receive("+OK\r\n")
        #expect(await first.next() == .success(string("OK")))
        _ = test.send(["D"])
        #expect(try test.sent()?.contains("C\r\n") == false)
    }

    @Test func `bytes that the network does not take are bounded`() async throws {
        var settings = RedisSettings(url: RedisURL(host: "test"))
        settings.bytesQueuedMax = 100
        let test = try RedisConnectionTests(settings: settings)
        let large = RedisArgument.bytes([UInt8](repeating: 0, count: 100))
        let first = test.send(["ECHO", large])
        #expect(await test.send(["ECHO", large]).next() == .failure(.overloaded))
        #expect(first.isEmpty)
        _ = try test.sent()
        _ = test.send(["ECHO", large])
        #expect(try test.sent() != nil)
    }

    @Test func `a reply without a command goes to whoever takes such`() async throws {
        let unmatched = Inbox<RESPValue>()
        connection.onUnmatched = { unmatched.put($0) }
        try receive("*1\r\n:7\r\n")
        #expect(await unmatched.next() == .array([.integer(7)]))
        #expect(connection.isOpen)
    }
}
