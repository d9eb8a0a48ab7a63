import EventLoopIsolation
import NIOCore
import SocketIO
import SocketIOServer
import Testing

/// Polling, and the way from it to WebSocket, seen by a client that sends bytes.
@Suite(.timeLimit(.minutes(1))) struct PollingTests {
    private static let path = "/socket.io/?EIO=4&transport=polling"

    /// One peer that polls; it opens its second connection for what goes beside a poll in flight.
    private struct Peer {
        let client: RawClient
        let path: String
        let sid: String

        init(_ server: TestServer) async throws {
            client = try await RawClient(server)
            let open = try await client.get(PollingTests.path).body
            #expect(open.contains("\"upgrades\":[\"websocket\"]"))
            sid = String(open.split(separator: "\"")[3])
            path = PollingTests.path + "&sid=" + sid
        }

        func poll() async throws -> RawClient.Response { try await client.get(path) }

        func post(_ body: String) async throws -> RawClient.Response {
            try await client.post(path, body)
        }
    }

    private func connected(_ server: TestServer) async throws -> Peer {
        let peer = try await Peer(server)
        #expect(try await peer.post("40") == .init(status: 200, body: "ok"))
        #expect(try await peer.poll() == .init(status: 200, body: "40{\"sid\":\"\(peer.sid)\"}"))
        return peer
    }

    @Test func `the sid names its server`() async throws {
        try await withServer { server in
            let sid = try await Peer(server).sid
            #expect(sid.wholeMatch(of: /g1\.[0-9A-Za-z]{20}/) != nil)
        }
    }

    @Test func `events are posted and polled, many in one payload`() async throws {
        try await withServer { server in
            let peer = try await connected(server)
            _ = try await peer.post("42[\"a\",1]\u{1E}42[\"b\"]\u{1E}427[\"c\",\"é\"]")
            #expect(try await peer.poll().body == "42[\"a\",1]\u{1E}42[\"b\"]\u{1E}437[\"é\"]")
        }
    }

    @Test func `a payload has at most 16 packets and the rest follows`() async throws {
        try await withServer { server in
            let peer = try await connected(server)
            let packets = (0..<20).map { "42[\"a\",\($0)]" }
            _ = try await peer.post(packets.joined(separator: "\u{1E}"))
            #expect(try await peer.poll().body == packets[..<16].joined(separator: "\u{1E}"))
            #expect(try await peer.poll().body == packets[16...].joined(separator: "\u{1E}"))
        }
    }

    @Test func `a poll waits for what comes`() async throws {
        try await withServer { server in
            let peer = try await connected(server)
            try await peer.client.sendGet(peer.path)
            let other = try await RawClient(server)
            _ = try await other.post(peer.path, "42[\"a\"]")
            #expect(try await peer.client.response().body == "42[\"a\"]")
        }
    }

    @Test func `a second poll at once ends the connection`() async throws {
        try await withServer { server in
            let peer = try await connected(server)
            try await peer.client.sendGet(peer.path)
            let other = try await RawClient(server)
            // Whichever of the two comes second is refused; the first learns of the end.
            try await other.sendGet(peer.path)
            let responses = [
                try await peer.client.response().status, try await other.response().status,
            ]
            #expect(responses.sorted() == [200, 400])
            #expect(await server.application.reasons == [.malformed])
        }
    }

    @Test(arguments: [
        ("/socket.io/", 0), ("/socket.io/?EIO=4&transport=carrier-pigeon", 0),
        ("/socket.io/?EIO=4&transport=websocket", 3), ("/socket.io/?EIO=3&transport=polling", 5),
        ("/socket.io/?EIO=4&transport=polling&sid=g1.unknown", 1),
        ("/socket.io/?EIO=4&transport=polling&sid=g2.0123456789abcdefghij", 1),
        ("/socket.io/?EIO=4&transport=polling&sid=%00", 1),
    ])
    func `a request that asks for the wrong thing is refused`(path: String, code: Int) async throws
    {
        try await withServer { server in
            let response = try await RawClient(server).get(path)
            #expect(response.status == 400)
            #expect(response.body.hasPrefix("{\"code\":\(code),"))
        }
    }

    @Test func `a connection is opened with GET`() async throws {
        try await withServer { server in
            let response = try await RawClient(server).post(Self.path, "40")
            #expect(response.body == "{\"code\":2,\"message\":\"Bad handshake method\"}")
        }
    }

    @Test func `whoever is not admitted is forbidden`() async throws {
        try await withServer { server in
            let origin = "Origin: http://elsewhere\r\n"
            let forbidden = RawClient.Response(
                status: 403,
                body: "{\"code\":4,\"message\":\"Forbidden\"}"
            )
            #expect(try await RawClient(server).get(Self.path, headers: origin) == forbidden)
            let webSocket = try await RawClient(server).get(
                "/socket.io/?EIO=4&transport=websocket",
                headers: origin + RawClient.upgradeHeaders
            )
            #expect(webSocket == forbidden)
        }
    }

    @Test func `a poll that was given up ends the connection at once`() async throws {
        try await withServer { server in
            let peer = try await connected(server)
            try await peer.client.sendGet(peer.path)
            try await peer.client.close()
            while await server.application.reasons.isEmpty { await Task.yield() }
            #expect(await server.application.reasons == [.transportFailed])
        }
    }

    @Test func `a silent peer is gone before the two times have passed`() async throws {
        var limits = EngineLimits()
        limits.pingIntervalMilliseconds = 300
        limits.pingTimeoutMilliseconds = 200
        try await withServer(limits: limits) { server in
            let peer = try await connected(server)
            await server.pass(milliseconds: 280)
            #expect(await server.application.reasons.isEmpty)
            await server.pass(milliseconds: 210)
            #expect(await server.application.reasons == [.pingTimeout])
            #expect(try await peer.poll().body.hasPrefix("{\"code\":1,"))
        }
    }

    @Test func `a body that is too large is refused and the connection stays`() async throws {
        try await withServer { server in
            let peer = try await connected(server)
            let body = "4" + String(repeating: "x", count: 1_000_000)
            #expect(try await peer.post(body).status == 413)
            _ = try await peer.post("42[\"a\"]")
            #expect(try await peer.poll().body == "42[\"a\"]")
        }
    }

    @Test(arguments: ["", "x", "4", "42[\"a\"", "2", "42[\"a\"]\u{1E}"])
    func `a body that is no payload ends the connection`(body: String) async throws {
        try await withServer { server in
            let peer = try await connected(server)
            _ = try await peer.post(body)
            #expect(try await peer.poll().body.hasPrefix("{\"code\":1,"))
            #expect(await server.application.reasons == [.malformed])
        }
    }

    @Test func `a peer that closes has its poll in flight answered`() async throws {
        try await withServer { server in
            let peer = try await connected(server)
            try await peer.client.sendGet(peer.path)
            let other = try await RawClient(server)
            while try await other.post(peer.path, "1").status != 200 {}
            #expect(try await peer.client.response().status != 0)
            #expect(await server.application.reasons == [.peerClosed])
        }
    }

    @Test func `a disconnected peer polls its last packets, the close on its own`() async throws {
        try await withServer { server in
            let peer = try await connected(server)
            _ = try await peer.post("42[\"disconnect-me\"]")
            #expect(try await peer.poll().body == "41")
            #expect(try await peer.poll().body == "1")
            #expect(try await peer.poll().status == 400)
        }
    }

    @Test func `last packets wait for a while only`() async throws {
        try await withServer { server in
            let peer = try await connected(server)
            _ = try await peer.post("42[\"disconnect-me\"]")
            await server.pass(seconds: 5)
            #expect(try await peer.poll().status == 400)
        }
    }

    @Test func `what waits for a peer that does not poll is bounded`() async throws {
        var limits = EngineLimits()
        limits.queuedBytesMax = 1 << 20
        try await withServer(limits: limits) { server in
            _ = try await connected(server)
            let connection = try #require(await server.application.connections.first)
            let packet = PreparedPacket.event("a", argumentsJSON: ByteBuffer(string: "12345"))
            await sendUntilClosed(connection, packet)
            #expect(await server.application.reasons == [.tooSlow])
        }
    }

    // MARK: Upgrade

    private func probing(_ peer: Peer, _ server: TestServer) async throws -> RawClient {
        let probe = try await RawClient(server)
        let path = "/socket.io/?EIO=4&transport=websocket&sid=" + peer.sid
        #expect(try await probe.upgrade(path).status == 101)
        try await probe.sendText("2probe")
        #expect(try await probe.frame() == .text("3probe"))
        return probe
    }

    @Test func `a poll in flight is released and the WebSocket takes over`() async throws {
        try await withServer { server in
            let peer = try await connected(server)
            try await peer.client.sendGet(peer.path)
            let probe = try await probing(peer, server)
            #expect(try await peer.client.response().body == "6")
            try await probe.sendText("5")
            try await probe.sendText("42[\"a\"]")
            #expect(try await probe.frame() == .text("42[\"a\"]"))
            #expect(try await peer.poll().body.hasPrefix("{\"code\":3,"))
            #expect(try await peer.post("42[\"a\"]").body.hasPrefix("{\"code\":3,"))
        }
    }

    @Test func `what was sent meanwhile comes over the WebSocket, in order`() async throws {
        try await withServer { server in
            let peer = try await connected(server)
            let probe = try await probing(peer, server)
            for number in 0..<40 { _ = try await peer.post("42[\"a\",\(number)]") }
            try await probe.sendText("5")
            for number in 0..<40 {
                #expect(try await probe.frame() == .text("42[\"a\",\(number)]"))
            }
        }
    }

    @Test func `who is sent away on the move to a WebSocket hears it there`() async throws {
        try await withServer { server in
            let peer = try await connected(server)
            let probe = try await probing(peer, server)
            _ = try await peer.post("42[\"disconnect-me\"]")
            #expect(await server.application.reasons == [.disconnected])
            try await probe.sendText("5")
            #expect(try await probe.frame() == .text("41"))
            #expect(try await probe.frame() == .close(1000))
        }
    }

    @Test func `who is sent away on a move that is given up hears it by polling`() async throws {
        try await withServer { server in
            let peer = try await connected(server)
            let probe = try await probing(peer, server)
            _ = try await peer.post("42[\"disconnect-me\"]")
            await server.pass(seconds: 10)
            #expect(try await probe.frame() == .close(1000))
            #expect(try await peer.poll().body == "41")
            #expect(try await peer.poll().body == "1")
        }
    }

    @Test func `polling goes on when the probe is given up`() async throws {
        try await withServer { server in
            let peer = try await connected(server)
            let probe = try await probing(peer, server)
            await server.pass(seconds: 10)
            #expect(try await probe.frame() == .close(1000))
            _ = try await peer.post("42[\"a\"]")
            #expect(try await peer.poll().body == "42[\"a\"]")
        }
    }

    @Test func `a probe that sends anything else is given up`() async throws {
        try await withServer { server in
            let peer = try await connected(server)
            let probe = try await probing(peer, server)
            try await probe.sendText("42[\"a\"]")
            #expect(try await probe.frame() == .close(1000))
            _ = try await peer.post("42[\"a\"]")
            #expect(try await peer.poll().body == "42[\"a\"]")
        }
    }

    @Test func `only one probe is let in`() async throws {
        try await withServer { server in
            let peer = try await connected(server)
            let probe = try await probing(peer, server)
            let second = try await RawClient(server)
            let path = "/socket.io/?EIO=4&transport=websocket&sid=" + peer.sid
            #expect(try await second.upgrade(path).status == 400)
            try await probe.sendText("5")
            #expect(try await RawClient(server).upgrade(path).status == 400)
        }
    }

    @Test func `a ping reaches a peer that polls`() async throws {
        try await withServer { server in
            let peer = try await connected(server)
            await server.pass(seconds: 25)
            #expect(try await peer.poll().body == "2")
            _ = try await peer.post("3")
            await server.pass(seconds: 24)
            #expect(await server.application.reasons.isEmpty)
        }
    }
}

/// Sends within one turn of the loop, until the bound ends it.
@LoopActor
func sendUntilClosed(_ connection: SocketIOConnection, _ packet: PreparedPacket) {
    while !connection.isClosed { connection.send(packet) }
}
