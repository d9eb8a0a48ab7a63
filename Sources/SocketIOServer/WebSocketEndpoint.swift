package import EventLoopIsolation
import NIOCore
import NIOHTTP1
package import SocketIO

/// Serves plain WebSockets at a path, on the code that carries Engine.IO's.
///
/// Messages are bounded as Engine.IO's are, and so is what may wait for a peer. There is no heartbeat.
@LoopActor
package final class WebSocketEndpoint {
    package typealias OnMessage = @LoopActor (WebSocketPeer, EngineMessage) -> Void

    private let path: String
    private let onMessage: OnMessage
    let limits: EngineLimits
    private let flushes = FlushQueue()
    private var peers: [ObjectIdentifier: WebSocketPeer] = [:]
    private var isStopped = false

    package init(path: String, limits: EngineLimits, onMessage: @escaping OnMessage) {
        self.path = path
        self.limits = limits
        self.onMessage = onMessage
    }

    package nonisolated var upgrades: UpgradeRoute { UpgradeRoute(endpoint: self) }

    func opened(_ peer: WebSocketPeer) { peers[ObjectIdentifier(peer)] = peer }
    func received(_ message: EngineMessage, from peer: WebSocketPeer) { onMessage(peer, message) }
    func forget(_ peer: WebSocketPeer) { peers[ObjectIdentifier(peer)] = nil }
}

extension WebSocketEndpoint: UpgradeEndpoint {
    nonisolated func serves(_ target: String) -> Bool {
        target.prefix { $0 != "?" } == path
    }

    func webSocketRequested(
        _ head: HTTPRequestHead,
        remoteAddress: SocketAddress?,
        on channel: any Channel
    ) -> Result<WebSocketConnection, EngineRefusal> {
        guard !isStopped, peers.count < limits.connectionsMax else { return .failure(.unavailable) }
        let peer = WebSocketPeer(endpoint: self)
        let webSocket = WebSocketConnection(
            channel: channel,
            receiver: peer,
            limits: limits,
            transport: TransportLimits(),
            flushes: flushes
        )
        return .success(webSocket)
    }

    package func stop() {
        isStopped = true
        for peer in peers.values { peer.close(because: .serverStopped) }
    }
}

/// One plain WebSocket.
@LoopActor
package final class WebSocketPeer {
    private let endpoint: WebSocketEndpoint
    private var webSocket: WebSocketConnection?

    init(endpoint: WebSocketEndpoint) {
        self.endpoint = endpoint
    }

    /// Queues a message; it leaves at the end of this turn of the loop.
    package func send(_ message: EngineMessage) {
        guard let webSocket else { return }
        webSocket.send(message.frame)
        if webSocket.queuedBytes > endpoint.limits.queuedBytesMax { close(because: .tooSlow) }
    }

    package func close(because reason: CloseReason) {
        webSocket?.close(because: reason)
        ended()
    }

    private func ended() {
        webSocket = nil
        endpoint.forget(self)
    }
}

extension WebSocketPeer: WebSocketReceiver {
    func webSocketOpened(_ webSocket: WebSocketConnection) {
        self.webSocket = webSocket
        endpoint.opened(self)
    }

    func webSocketReceived(_ message: EngineMessage, from webSocket: WebSocketConnection) {
        endpoint.received(message, from: self)
    }

    func webSocketClosed(_ webSocket: WebSocketConnection, because reason: CloseReason) { ended() }
}

extension EngineMessage {
    /// The message as one frame, without a packet's type before it.
    fileprivate var frame: ByteBuffer {
        let (opcode, payload): (WebSocketFrameHeader.Opcode, ByteBuffer) =
            switch self {
            case .text(let text): (.text, text)
            case .binary(let bytes): (.binary, bytes)
            }
        var frame = ByteBuffer()
        frame.reserveCapacity(payload.readableBytes + WebSocketFrameHeader.lengthMax)
        frame.writeWebSocketFrameHeader(opcode, payloadLength: payload.readableBytes)
        frame.writeImmutableBuffer(payload)
        return frame
    }
}
