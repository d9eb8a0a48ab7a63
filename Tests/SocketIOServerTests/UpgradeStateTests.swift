import NIOCore
import NIOHTTP1
import Testing

@testable import SocketIOServer

@Suite struct UpgradeStateTests {
    private var state = UpgradeState()

    @Test mutating func `the first request brings what serves requests, and others do not`() throws
    {
        #expect(try received(head) == .beginServing)
        #expect(try received(.end(nil)) == .serve)
        #expect(try received(head) == .serve)
    }

    @Test mutating func `a request to upgrade is decided at its end, and its body passed over`()
        throws
    {
        #expect(try received(upgrade) == .drop)
        #expect(try received(.body(ByteBuffer(string: "?"))) == .drop)
        guard case .upgrade = try received(.end(nil)) else {
            Issue.record("it was not upgraded")
            return
        }
        #expect(!state.isReceiving)
    }

    @Test mutating func `a connection upgrades behind requests that were answered`() throws {
        _ = try (received(head), received(.end(nil)))
        let isLast = state.answered(.end(nil))
        #expect(!isLast)
        #expect(try received(upgrade) == .drop)
        guard case .upgrade = try received(.end(nil)) else {
            Issue.record("it was not upgraded")
            return
        }
    }

    @Test mutating func `an upgrade before earlier answers ends the connection`() throws {
        _ = try (received(head), received(.end(nil)), received(upgrade))
        #expect(try received(.end(nil)) == .close)
    }

    @Test mutating func `an upgrade that nobody here serves is a request, and the last one`() throws
    {
        #expect(try received(upgrade, served: false) == .beginServing)
        _ = try received(.end(nil))
        let headEnds = state.answered(.head(HTTPResponseHead(version: .http1_1, status: .ok)))
        let endEnds = state.answered(.end(nil))
        #expect(!headEnds)
        #expect(endEnds)
    }

    @Test mutating func `nothing is answered into an answer that has begun`() throws {
        _ = try received(head)
        _ = state.answered(.head(HTTPResponseHead(version: .http1_1, status: .ok)))
        let mayAnswer = state.refuse()
        #expect(!mayAnswer)
        #expect(try received(head) == .drop)
    }

    @Test mutating func `what is no proper request is refused, and may be told so`() {
        let bare = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")
        #expect(throws: HTTPRefusal.self) { try received(.head(bare)) }
        let mayAnswer = state.refuse()
        #expect(mayAnswer)
    }

    private var head: HTTPServerRequestPart { .head(request(["Host": "viva.example"])) }

    private var upgrade: HTTPServerRequestPart {
        .head(request(["Host": "viva.example", "Upgrade": "websocket", "Connection": "upgrade"]))
    }

    private func request(_ headers: HTTPHeaders) -> HTTPRequestHead {
        HTTPRequestHead(version: .http1_1, method: .GET, uri: "/socket.io/", headers: headers)
    }

    private mutating func received(
        _ part: HTTPServerRequestPart,
        served: Bool = true
    ) throws(HTTPRefusal) -> UpgradeState.Action {
        try state.received(part, TransportLimits()) { head in
            served && WebSocketHandshake.isAsked(by: head)
        }
    }
}
