import EventLoopIsolation
import JSONText
import NIOCore
import SocketIO

/// One Engine.IO connection: carries out what `EngineState` and `SocketState` decide.
///
/// The endpoint holds it until it is closed and its last packets are gone; transports hold it while
/// they are open.
@LoopActor
final class EngineConnection {
    let id: String
    let handshake: Handshake
    let endpoint: SocketIOEndpoint
    /// Whose connection it counts as, nil where there is no bound.
    let address: String?
    var state: EngineState
    var polls = PollQueue()
    private var sockets: SocketState
    private(set) var connections: [SocketIOConnection] = []
    /// The transport after an upgrade, or from the start.
    var webSocket: WebSocketConnection?
    /// A transport that wants to take over.
    var probe: WebSocketConnection?

    init(
        id: String,
        handshake: Handshake,
        endpoint: SocketIOEndpoint,
        openedOn transport: EngineState.Transport,
        address: String?
    ) {
        self.id = id
        self.handshake = handshake
        self.endpoint = endpoint
        self.address = address
        let (limits, now) = (endpoint.limits, endpoint.now)
        state = EngineState(openedOn: transport, limits: limits, now: now)
        sockets = SocketState(offering: endpoint.namespaces, limits: limits, now: now)
    }

    var isClosed: Bool { state.phase == .closed }

    // MARK: Receiving

    func received(_ packet: EnginePacket) {
        switch state.received(packet, now: endpoint.now) {
        case .message(let message): perform(sockets.received(message, now: endpoint.now))
        case .nothing: break
        case .close(let reason): close(because: reason)
        }
    }

    private func perform(_ action: SocketState.Action) {
        switch action {
        case .connect(let namespace, let auth):
            let connection = SocketIOConnection(engine: self, namespace: namespace)
            connections.append(connection)
            endpoint.application.connectRequested(connection, auth: auth)
        case .refuse(let namespace):
            sendConnectError("Invalid namespace", namespace: namespace)
        case .deliver(let event, let namespace):
            guard let connection = connection(in: namespace) else { return }
            endpoint.application.eventReceived(connection, event)
        case .disconnected(let namespace):
            guard let connection = remove(namespace) else { return }
            endpoint.application.closed(connection, because: .peerDisconnected)
        case .nothing: break
        case .close(let reason): close(because: reason)
        }
    }

    private func connection(in namespace: String) -> SocketIOConnection? {
        connections.first { $0.namespace == namespace }
    }

    private func remove(_ namespace: String) -> SocketIOConnection? {
        guard let index = connections.firstIndex(where: { $0.namespace == namespace }) else {
            return nil
        }
        return connections.remove(at: index)
    }

    // MARK: The application's side

    func accept(_ connection: SocketIOConnection) {
        guard !isClosed, sockets.accepted(connection.namespace) else { return }
        var json = JSONWriter()
        json.beginObject()
        json.key("sid")
        json.string(connection.id)
        json.endObject()
        sendPacket(.connect, namespace: connection.namespace, json: json)
    }

    func refuse(_ connection: SocketIOConnection, message: String) {
        guard !isClosed, sockets.phase(of: connection.namespace) == .connecting,
            remove(connection.namespace) != nil
        else { return }
        sockets.left(connection.namespace, now: endpoint.now)
        sendConnectError(message, namespace: connection.namespace)
    }

    func disconnect(_ connection: SocketIOConnection) {
        guard !isClosed else { return }
        send(PreparedPacket(SocketPacket(.disconnect, namespace: connection.namespace)))
        close(because: .closed)
    }

    private func sendConnectError(_ message: String, namespace: String) {
        var json = JSONWriter()
        json.beginObject()
        json.key("message")
        json.string(message)
        json.endObject()
        sendPacket(.connectError, namespace: namespace, json: json)
    }

    private func sendPacket(_ kind: SocketPacket.Kind, namespace: String, json: JSONWriter) {
        let data = ByteBuffer(bytes: json.bytes)
        send(PreparedPacket(SocketPacket(kind, namespace: namespace, data: data)))
    }

    // MARK: Sending

    func sendOpen(canUpgrade: Bool) {
        let limits = endpoint.limits
        send(
            PreparedPacket(EngineHandshake.packet(sid: id, canUpgrade: canUpgrade, limits: limits))
        )
    }

    func send(_ packet: PreparedPacket) {
        guard !isClosed else { return }
        guard let webSocket else { return sendByPolling(packet) }
        webSocket.send(packet.frame)
        guard !webSocket.isWritable else { return }
        if webSocket.queuedBytes > endpoint.limits.queuedBytesMax {
            close(because: .tooSlow)
        } else {
            endpoint.queued(packet.frame.readableBytes)
        }
    }

    var queuedBytes: Int { polls.bytes + (webSocket?.queuedBytes ?? 0) }

    /// Polling has no measure of its own: what a WebSocket's channel would hold serves for both.
    var isWritable: Bool { webSocket?.isWritable ?? (polls.bytes < 1 << 16) }

    // MARK: Time

    func tick(now: Int) {
        switch state.tick(now: now) {
        case .nothing: break
        case .ping: send(endpoint.ping)
        case .abandonProbe: abandonProbe()
        case .close(let reason): return close(because: reason)
        }
        if sockets.isOverdue(now: now) { close(because: .connectTimeout) }
    }

    // MARK: Closing

    func close(because reason: CloseReason) {
        guard !isClosed else { return }
        abandonProbe()
        state.close()
        if let webSocket {
            webSocket.close(because: reason)
            self.webSocket = nil
            endpoint.forget(self)
        } else {
            closePolling(because: reason)
        }
        let ended = connections
        connections = []
        for connection in ended { endpoint.application.closed(connection, because: reason) }
    }
}
