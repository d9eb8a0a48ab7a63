import EventLoopIsolation
import JSONText
import NIOCore
import SocketIO

/// The Socket.IO of one Engine.IO connection: carries out what `SocketState` decides.
@LoopActor
final class SocketIOSession: EngineReceiver {
    let engine: EngineConnection
    private let application: any SocketIOApplication
    private var state: SocketState
    private(set) var connections: [SocketIOConnection] = []

    init(
        _ engine: EngineConnection,
        application: any SocketIOApplication,
        namespaces: Set<String>
    ) {
        self.engine = engine
        self.application = application
        let endpoint = engine.endpoint
        state = SocketState(offering: namespaces, limits: endpoint.limits, now: endpoint.now)
    }

    private var now: Int { engine.endpoint.now }

    // MARK: From the peer

    func received(_ message: EngineMessage) {
        switch state.received(message, now: now) {
        case .connect(let namespace, let auth):
            let connection = SocketIOConnection(session: self, namespace: namespace)
            connections.append(connection)
            application.connectRequested(connection, auth: auth)
        case .refuse(let namespace): sendConnectError("Invalid namespace", namespace: namespace)
        case .deliver(let event, let namespace):
            guard let connection = connection(in: namespace) else { return }
            application.eventReceived(connection, event)
        case .acknowledged(let id, let answer, let namespace):
            connection(in: namespace)?.answered(id, answer)
        case .disconnected(let namespace): end(namespace, because: .peerDisconnected)
        case .nothing: break
        case .close(let reason): engine.close(because: reason)
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

    private func end(_ namespace: String, because reason: CloseReason) {
        guard let connection = remove(namespace) else { return }
        end(connection, because: reason)
    }

    private func end(_ connection: SocketIOConnection, because reason: CloseReason) {
        connection.ended()
        application.closed(connection, because: reason)
    }

    // MARK: From the application

    func accept(_ connection: SocketIOConnection) {
        guard isCurrent(connection), state.accepted(connection.namespace) else { return }
        sendPacket(.connect, namespace: connection.namespace) { json in
            json.key("sid")
            json.string(connection.id)
        }
    }

    func refuse(_ connection: SocketIOConnection, message: String, sentence: String?) {
        guard isCurrent(connection), state.phase(of: connection.namespace) == .connecting,
            let refused = remove(connection.namespace)
        else { return }
        refused.ended()
        state.left(connection.namespace, now: now)
        sendConnectError(message, sentence: sentence, namespace: connection.namespace)
    }

    /// The transport stays for other namespaces that the peer is in.
    func disconnect(_ connection: SocketIOConnection) {
        guard isCurrent(connection), state.ended(connection.namespace, now: now) else { return }
        engine.send(PreparedPacket(SocketPacket(.disconnect, namespace: connection.namespace)))
        guard state.isInUse else { return engine.close(because: .disconnected) }
        end(connection.namespace, because: .disconnected)
    }

    /// A peer that left a namespace and came back is another connection.
    private func isCurrent(_ connection: SocketIOConnection) -> Bool {
        connections.contains { $0 === connection }
    }

    private func sendConnectError(
        _ message: String,
        sentence: String? = nil,
        namespace: String
    ) {
        sendPacket(.connectError, namespace: namespace) { json in
            json.key("message")
            json.string(message)
            guard let sentence else { return }
            json.key("data")
            json.beginObject()
            json.key("message")
            json.string(sentence)
            json.endObject()
        }
    }

    private func sendPacket(
        _ kind: SocketPacket.Kind,
        namespace: String,
        members: (inout JSONWriter) -> Void
    ) {
        var json = JSONWriter()
        json.beginObject()
        members(&json)
        json.endObject()
        let data = ByteBuffer(bytes: json.bytes)
        engine.send(PreparedPacket(SocketPacket(kind, namespace: namespace, data: data)))
    }

    // MARK: Time and the end

    func ticked() {
        for connection in connections { connection.ticked(now: now) }
        if state.isOverdue(now: now) { engine.close(because: .connectTimeout) }
    }

    func closed(because reason: CloseReason) {
        let ended = connections
        connections = []
        for connection in ended { end(connection, because: reason) }
    }
}
