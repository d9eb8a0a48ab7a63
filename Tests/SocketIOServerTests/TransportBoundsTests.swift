import EventLoopIsolation
import NIOCore
import SocketIO
import Testing

@testable import SocketIOServer

@Suite struct QueueBudgetTests {
    @Test func `within the bound nobody has to go`() {
        var budget = QueueBudget(bytesMax: 100)
        #expect(budget.add(100) == false)
        #expect(budget.measured([60, 40]) == [])
    }

    @Test func `beyond it the slowest go until a quarter is free`() {
        var budget = QueueBudget(bytesMax: 100)
        #expect(budget.add(101) == true)
        #expect(budget.measured([10, 60, 30, 20]) == [1])
        #expect(budget.measured([40, 40, 41, 9]) == [2, 0])
    }

    @Test func `what was taken meanwhile is found out by measuring`() {
        var budget = QueueBudget(bytesMax: 100)
        #expect(budget.add(101) == true)
        #expect(budget.measured([5]) == [])
        #expect(budget.add(95) == false)
        #expect(budget.add(1) == true)
    }
}

@Suite struct AddressCountsTests {
    @Test func `each address may have so many, and again once one left`() {
        var counts = AddressCounts(max: 2)
        #expect(counts.enter("a") == true)
        #expect(counts.enter("a") == true)
        #expect(counts.enter("a") == false)
        #expect(counts.enter("b") == true)
        counts.leave("a")
        #expect(counts.enter("a") == true)
        #expect(counts.enter("a") == false)
    }

    @Test func `an address without a bound is not counted`() {
        var counts = AddressCounts(max: 0)
        #expect(counts.enter(nil) == true)
        #expect(counts.enter("a") == false)
    }
}

@Suite struct ReadAllowanceTests {
    @Test func `a burst passes, then reading pauses until it is made good`() {
        var allowance = ReadAllowance(bytesPerSecond: 1_000, burst: 2_000, at: 0)
        #expect(allowance.read(bytes: 2_000, frames: 0, at: 0) == 0)
        #expect(allowance.read(bytes: 500, frames: 0, at: 0) == 501)
        #expect(allowance.read(bytes: 0, frames: 0, at: 501) == 0)
    }

    @Test func `a small frame costs more than its bytes`() {
        var allowance = ReadAllowance(bytesPerSecond: 1_000, burst: 2_000, at: 0)
        #expect(allowance.read(bytes: 60, frames: 10, at: 0) > 0)
    }

    @Test func `a long silence gives one burst and no more`() {
        var allowance = ReadAllowance(bytesPerSecond: 1_000, burst: 2_000, at: 0)
        #expect(allowance.read(bytes: 2_001, frames: 0, at: Int.max) > 0)
    }
}

/// The same through a server's sockets.
@Suite(.timeLimit(.minutes(1))) struct TransportBoundsTests {
    private func open(_ server: TestServer) async throws -> RawClient {
        let client = try await RawClient(server)
        #expect(try await client.upgrade().status == 101)
        _ = try await client.frame()
        try await client.sendText("40")
        _ = try await client.frame()
        return client
    }

    @Test func `an address has so many connections and the next is told`() async throws {
        var transport = TransportLimits()
        transport.connectionsPerAddressMax = 2
        try await withServer(transport: transport) { server in
            let first = try await open(server)
            let second = try await open(server)
            let third = try await RawClient(server)
            let refusal = try await third.upgrade()
            #expect(refusal.status == 429)
            #expect(refusal.body.hasPrefix("{\"code\":7,"))
            let polling = try await RawClient(server)
            #expect(try await polling.get("/socket.io/?EIO=4&transport=polling").status == 429)
            try await first.close()
            while await server.endpoint.connections.count > 1 { await Task.yield() }
            _ = try await open(server)
            _ = second
        }
    }

    @Test func `a flood is read slowly, whole, and in order`() async throws {
        var transport = TransportLimits()
        transport.receivedBytesPerSecond = 100_000
        transport.receivedBytesBurst = 1_000
        try await withServer(transport: transport) { server in
            let client = try await open(server)
            for number in 0..<200 { try await client.sendText("42[\"a\",\(number)]") }
            for number in 0..<200 {
                #expect(try await client.frame() == .text("42[\"a\",\(number)]"))
            }
        }
    }

    @Test func `a flood after a later upgrade is read slowly, too`() async throws {
        var transport = TransportLimits()
        transport.receivedBytesPerSecond = 100_000
        transport.receivedBytesBurst = 1_000
        try await withServer(transport: transport) { server in
            let client = try await RawClient(server)
            #expect(try await client.get("/hello").status == 200)
            #expect(try await client.upgrade().status == 101)
            _ = try await client.frame()
            try await client.sendText("40")
            _ = try await client.frame()
            for number in 0..<100 { try await client.sendText("42[\"a\",\(number)]") }
            for number in 0..<100 {
                #expect(try await client.frame() == .text("42[\"a\",\(number)]"))
            }
        }
    }

    @Test func `when all queues together are too long the longest goes`() async throws {
        var transport = TransportLimits()
        transport.queuedBytesTotalMax = 2 << 20
        try await withServer(transport: transport) { server in
            let slow = try await open(server)
            let slower = try await open(server)
            let connections = await server.application.connections
            await fillBoth(connections)
            #expect(await connections[1].isClosed)
            #expect(await !connections[0].isClosed)
            #expect(await server.application.reasons == [.tooSlow])
            _ = (slow, slower)
        }
    }

    @LoopActor
    private func fillBoth(_ connections: [SocketIOConnection]) {
        fill(connections[0], bytes: 1 << 20)
        fill(connections[1], bytes: 2 << 20)
    }

    /// Within one turn of the loop, so that nothing of it leaves meanwhile.
    @LoopActor
    private func fill(_ connection: SocketIOConnection, bytes: Int) {
        let piece = ByteBuffer(string: "\"" + String(repeating: "x", count: (1 << 16) - 20) + "\"")
        for _ in 0..<bytes >> 16 { connection.send(.event("a", argumentsJSON: piece)) }
    }

    @Test func `pings of a peer that does not read are owed one pong`() async throws {
        try await withServer { server in
            let client = try await open(server)
            let connection = try #require(await server.application.connections.first)
            await fill(connection, bytes: 8 << 20)
            for number: UInt8 in 0..<200 {
                try await client.send(RawClient.frame(0x89, ByteBuffer(bytes: [number])))
            }
            var pongs: [[UInt8]] = []
            while pongs.last != [199] {
                let (firstByte, payload) = try await client.rawFrame()
                if firstByte == 0x8A { pongs.append(payload) }
            }
            #expect(pongs.count <= 200)
        }
    }

    @Test func `a peer that is gone is cut off though it never says goodbye`() async throws {
        var limits = EngineLimits()
        limits.closeTimeoutMilliseconds = 1_000
        try await withServer(limits: limits) { server in
            let client = try await open(server)
            await server.pass(seconds: 45)
            #expect(await server.application.reasons == [.pingTimeout])
            // It reads here, which a peer that is gone does not, but it does not answer.
            #expect(await client.seesEnd())
        }
    }
}
