import NIOCore
import NIOHTTP1
import NIOWebSocket
import SocketIO

/// The opening handshake of RFC 6455, section 4.2.
enum WebSocketHandshake {
    static func isAsked(by head: HTTPRequestHead) -> Bool {
        head.headers.lists("upgrade", "websocket") && head.headers.lists("connection", "upgrade")
    }

    /// The headers of the answer to a proper request.
    ///
    /// No extension and no subprotocol is agreed on.
    static func accept(
        _ head: HTTPRequestHead,
        on channel: any Channel
    ) throws(HTTPRefusal) -> HTTPHeaders {
        guard head.method == .GET else { throw .handshake("A WebSocket is opened with GET.") }
        guard head.version == .http1_1 else { throw .handshake("A WebSocket needs HTTP/1.1.") }
        guard head.headers["Sec-WebSocket-Version"] == ["13"] else { throw .webSocketVersion }
        let keys = head.headers["Sec-WebSocket-Key"]
        guard keys.count == 1, isKey(keys[0]) else {
            throw .handshake("Sec-WebSocket-Key must be 16 bytes in base 64, once.")
        }
        guard let headers = answer(to: head, on: channel) else {
            throw .handshake("The handshake must be that of RFC 6455.")
        }
        return headers
    }

    /// 16 bytes: 22 digits and two signs that fill up.
    private static func isKey(_ key: String) -> Bool {
        guard key.utf8.count == 24 else { return false }
        return Base64.decode(ByteBuffer(string: key).readableBytesView).map {
            $0.readableBytes == 16
        } ?? false
    }

    /// Completes at once: nothing in it waits.
    private static func answer(to head: HTTPRequestHead, on channel: any Channel) -> HTTPHeaders? {
        let upgrader = NIOWebSocketServerUpgrader(
            shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
            upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() }
        )
        var headers: HTTPHeaders?
        upgrader.buildUpgradeResponse(
            channel: channel,
            upgradeRequest: head,
            initialResponseHeaders: [:]
        ).assumeIsolated().whenSuccess { headers = $0 }
        return headers
    }
}

extension HTTPHeaders {
    /// Whether one of the values of a header that is a list is this one, in whatever case.
    fileprivate func lists(_ name: String, _ value: String) -> Bool {
        self[canonicalForm: name].contains { $0.lowercased() == value }
    }
}
