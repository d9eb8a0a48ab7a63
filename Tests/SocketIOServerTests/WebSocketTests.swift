import NIOCore
import SocketIO
import SocketIOServer
import Testing

/// A server's WebSockets, seen by a client that sends bytes.
@Suite(.timeLimit(.minutes(1))) struct WebSocketTests {
    /// A client that upgraded and read the open packet.
    private func opened(_ server: TestServer) async throws -> RawClient {
        let client = try await RawClient(server)
        #expect(try await client.upgrade().status == 101)
        let open = try await client.frame().payload
        #expect(open.hasPrefix("0{\"sid\":\"g1."))
        #expect(open.contains("\"upgrades\":[]"))
        return client
    }

    private func connected(_ server: TestServer) async throws -> RawClient {
        let client = try await opened(server)
        try await client.sendText("40")
        #expect(try await client.frame().payload.hasPrefix("40{\"sid\":\"g1."))
        return client
    }

    // MARK: Upgrade

    @Test func `an upgrade may be the first request`() async throws {
        try await withServer { server in _ = try await opened(server) }
    }

    @Test func `an upgrade may come after other requests on the connection`() async throws {
        try await withServer { server in
            let client = try await RawClient(server)
            for _ in 0..<3 {
                #expect(try await client.get("/hello") == .init(status: 200, body: "hello"))
            }
            #expect(try await client.upgrade().status == 101)
            #expect(try await client.frame().payload.hasPrefix("0{"))
            try await client.sendText("40")
            _ = try await client.frame()
            for number in 0..<100 {
                try await client.sendText("42[\"a\",\(number)]")
                #expect(try await client.frame() == .text("42[\"a\",\(number)]"))
            }
        }
    }

    @Test func `frames that follow the request at once are not lost`() async throws {
        try await withServer { server in
            let client = try await RawClient(server)
            var bytes = ByteBuffer(
                string: "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: test\r\n"
                    + RawClient.upgradeHeaders + "\r\n"
            )
            bytes.writeImmutableBuffer(RawClient.frame(0x81, ByteBuffer(string: "40")))
            try await client.send(bytes)
            #expect(try await client.response().status == 101)
            _ = try await client.frame()
            #expect(try await client.frame().payload.hasPrefix("40{"))
        }
    }

    @Test(arguments: [
        ("/socket.io/?EIO=4", 0), ("/socket.io/?EIO=4&transport=polling", 3),
        ("/socket.io/?EIO=3&transport=websocket", 5),
        ("/socket.io/?EIO=4&transport=websocket&sid=g2.0123456789abcdefghij", 1),
        ("/socket.io/?EIO=4&transport=websocket&sid=", 1),
    ])
    func `a request that asks for the wrong thing is refused`(path: String, code: Int) async throws
    {
        try await withServer { server in
            let client = try await RawClient(server)
            let response = try await client.upgrade(path)
            #expect(response.status == 400)
            response.expectSecurity()
            #expect(response.body.hasPrefix("{\"code\":\(code),"))
            #expect(await client.seesEnd())
        }
    }

    @Test func `an upgrade elsewhere is answered as a request and ends the connection`()
        async throws
    {
        try await withServer { server in
            let client = try await RawClient(server)
            #expect(try await client.upgrade("/hello").body == "hello")
            #expect(await client.seesEnd())
        }
    }

    // MARK: Messages

    @Test func `events are answered and acknowledged`() async throws {
        try await withServer { server in
            let client = try await connected(server)
            try await client.sendText("42[\"a\",{\"b\":[1]},\"é\"]")
            #expect(try await client.frame() == .text("42[\"a\",{\"b\":[1]},\"é\"]"))
            try await client.sendText("4217[\"a\",1]")
            #expect(try await client.frame() == .text("4317[1]"))
        }
    }

    @Test func `a refused peer may ask again`() async throws {
        try await withServer { server in
            let client = try await opened(server)
            try await client.sendText("40{\"token\":\"bad\"}")
            #expect(try await client.frame() == .text("44{\"message\":\"invalid_token\"}"))
            try await client.sendText("40")
            #expect(try await client.frame().payload.hasPrefix("40{"))
        }
    }

    @Test func `an unknown namespace is refused by name`() async throws {
        try await withServer { server in
            let client = try await opened(server)
            try await client.sendText("40/random,")
            #expect(
                try await client.frame() == .text("44/random,{\"message\":\"Invalid namespace\"}")
            )
        }
    }

    @Test func `fragments are one message, with a ping among them`() async throws {
        try await withServer { server in
            let client = try await connected(server)
            try await client.send(RawClient.frame(0x01, ByteBuffer(string: "42[\"a\",")))
            try await client.send(RawClient.frame(0x89, ByteBuffer(string: "x")))
            try await client.send(RawClient.frame(0x00, ByteBuffer(string: "\"é")))
            try await client.send(RawClient.frame(0x80, ByteBuffer(string: "\"]")))
            #expect(try await client.frame() == .init(firstByte: 0x8A, payload: "x"))
            #expect(try await client.frame() == .text("42[\"a\",\"é\"]"))
        }
    }

    @Test func `a message of the greatest size comes back`() async throws {
        try await withServer { server in
            let client = try await connected(server)
            let text = "42[\"a\",\"" + String(repeating: "x", count: 999_990) + "\"]"
            try await client.sendText(text)
            #expect(try await client.frame() == .text(text))
        }
    }

    // MARK: Endings

    @Test(arguments: [
        ("not masked", RawClient.frame(0x81, ByteBuffer(string: "40"), masked: false), 1002),
        ("a reserved bit", RawClient.frame(0xC1, ByteBuffer(string: "40")), 1002),
        ("an unknown opcode", RawClient.frame(0x83, ByteBuffer(string: "40")), 1002),
        ("a continuation of nothing", RawClient.frame(0x80, ByteBuffer(string: "40")), 1002),
        ("a fragmented ping", RawClient.frame(0x09, ByteBuffer()), 1002),
        ("a long ping", RawClient.frame(0x89, ByteBuffer(repeating: 0x61, count: 126)), 1002),
        ("a close code that is none", RawClient.frame(0x88, ByteBuffer(bytes: [3, 0xED])), 1002),
        ("not UTF-8", RawClient.frame(0x81, ByteBuffer(bytes: [0x34, 0xC3])), 1007),
        ("an attachment of nothing", RawClient.frame(0x82, ByteBuffer(bytes: [4])), 1002),
        ("too large", RawClient.frame(0x81, ByteBuffer(repeating: 0x34, count: 1_000_001)), 1009),
        ("no packet", RawClient.frame(0x81, ByteBuffer(string: "x")), 1002),
        ("an event before a connect", RawClient.frame(0x81, ByteBuffer(string: "42[\"a\"]")), 1002),
    ])
    func `what breaks the protocol is told so`(_: String, bytes: ByteBuffer, code: UInt16)
        async throws
    {
        try await withServer { server in
            let client = try await opened(server)
            try await client.send(bytes)
            #expect(try await client.frame() == .close(code))
            #expect(await server.endpoint.connections.isEmpty)
        }
    }

    @Test func `fragments that add up to too much are too large`() async throws {
        try await withServer { server in
            let client = try await opened(server)
            let part = ByteBuffer(repeating: 0x34, count: 600_000)
            try await client.send(RawClient.frame(0x01, part))
            try await client.send(RawClient.frame(0x80, part))
            #expect(try await client.frame() == .close(1009))
        }
    }

    @Test func `a close is answered with the same code`() async throws {
        try await withServer { server in
            let client = try await connected(server)
            try await client.send(RawClient.frame(0x88, ByteBuffer(bytes: [0x0F, 0xA1])))
            #expect(try await client.frame() == .close(4001))
            #expect(await client.seesEnd())
            #expect(await server.application.reasons == [.peerClosed])
        }
    }

    @Test func `a peer that is disconnected gets the packet, then the close`() async throws {
        try await withServer { server in
            let client = try await connected(server)
            try await client.sendText("42[\"disconnect-me\"]")
            #expect(try await client.frame() == .text("41"))
            #expect(try await client.frame() == .close(1000))
            #expect(await server.application.reasons == [.disconnected])
        }
    }

    @Test func `a lost connection is told to the application`() async throws {
        try await withServer { server in
            let client = try await connected(server)
            try await client.close()
            while await server.application.reasons.isEmpty { await Task.yield() }
            #expect(await server.application.reasons == [.transportFailed])
        }
    }

    @Test func `a peer that leaves its namespace may stay on the transport`() async throws {
        try await withServer { server in
            let client = try await connected(server)
            try await client.sendText("41")
            try await client.sendText("40")
            #expect(try await client.frame().payload.hasPrefix("40{"))
            #expect(await server.application.reasons == [.peerDisconnected])
        }
    }

    // MARK: Time

    @Test func `a silent peer is pinged, then given up`() async throws {
        try await withServer { server in
            let client = try await connected(server)
            await server.pass(seconds: 25)
            #expect(try await client.frame() == .text("2"))
            await server.pass(seconds: 20)
            #expect(try await client.frame() == .close(1000))
            #expect(await server.application.reasons == [.pingTimeout])
        }
    }

    @Test func `a peer that answers stays`() async throws {
        try await withServer { server in
            let client = try await connected(server)
            for _ in 0..<5 {
                await server.pass(seconds: 25)
                #expect(try await client.frame() == .text("2"))
                try await client.sendText("3")
                try await client.sendText("42[\"a\"]")
                #expect(try await client.frame() == .text("42[\"a\"]"))
            }
        }
    }

    @Test func `a transport that enters no namespace is closed`() async throws {
        var limits = EngineLimits()
        limits.connectTimeoutMilliseconds = 5_000
        try await withServer(limits: limits) { server in
            let client = try await opened(server)
            await server.pass(seconds: 5)
            #expect(try await client.frame() == .close(1000))
        }
    }

    @Test func `a peer that does not read is given up at the bound`() async throws {
        var limits = EngineLimits()
        limits.queuedBytesMax = 1 << 20
        try await withServer(limits: limits) { server in
            let client = try await connected(server)
            let connection = try #require(await server.application.connections.first)
            let packet = PreparedPacket.event(
                "a",
                argumentsJSON: ByteBuffer(
                    string: "\"" + String(repeating: "x", count: 1 << 18) + "\""
                )
            )
            // Nothing is flushed within one turn of the loop, so all of it waits.
            await sendUntilClosed(connection, packet)
            #expect(await server.application.reasons == [.tooSlow])
            _ = client
        }
    }

    @Test func `stopping closes everything and lets nobody in`() async throws {
        try await withServer { server in
            let client = try await connected(server)
            await server.endpoint.stop()
            #expect(try await client.frame() == .close(1001))
            let late = try await RawClient(server)
            #expect(try await late.upgrade().status == 503)
        }
    }
}
