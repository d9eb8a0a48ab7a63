package import NIOCore

/// The namespaces of one Engine.IO connection: who asked for one, who has it.
package struct SocketState: Sendable {
    package enum Phase: Sendable {
        /// CONNECT came; the application has not answered yet.
        case connecting
        case connected
    }

    private let offered: Set<String>
    /// One or two at most, so searched in order.
    private var entered: [(namespace: String, phase: Phase)] = []
    private var connectUntil: Int
    private let connectTimeoutSeconds: Int

    package init(offering namespaces: Set<String>, limits: EngineLimits, now: Int) {
        offered = namespaces
        connectTimeoutSeconds = limits.connectTimeoutSeconds
        connectUntil = now + limits.connectTimeoutSeconds
    }

    // MARK: Packets

    package enum Action: Equatable {
        /// Ask the application; `auth` is the JSON object of the CONNECT packet, if it had one.
        case connect(namespace: String, auth: ByteBuffer?)
        /// Answer CONNECT_ERROR: there is no such namespace.
        case refuse(namespace: String)
        case deliver(SocketEvent, namespace: String)
        case disconnected(namespace: String)
        case nothing
        case close(CloseReason)
    }

    package mutating func received(_ message: ByteBuffer, now: Int) -> Action {
        do throws(EngineError) {
            return try received(try SocketPacket(text: message), now: now)
        } catch {
            return .close(.malformed)
        }
    }

    private mutating func received(
        _ packet: SocketPacket,
        now: Int
    ) throws(EngineError) -> Action {
        switch packet.kind {
        case .connect:
            return connect(packet)
        case .disconnect:
            guard phase(of: packet.namespace) != nil else { return .close(.malformed) }
            left(packet.namespace, now: now)
            return .disconnected(namespace: packet.namespace)
        case .event:
            guard phase(of: packet.namespace) == .connected else { return .close(.malformed) }
            return .deliver(try SocketEvent(packet), namespace: packet.namespace)
        case .acknowledgement:
            // Nothing that is sent from here asks for one.
            return .nothing
        case .connectError:
            return .close(.malformed)
        case .binaryEvent, .binaryAcknowledgement:
            throw .binaryUnsupported
        }
    }

    private mutating func connect(_ packet: SocketPacket) -> Action {
        guard phase(of: packet.namespace) == nil else { return .close(.malformed) }
        guard offered.contains(packet.namespace) else {
            return .refuse(namespace: packet.namespace)
        }
        entered.append((packet.namespace, .connecting))
        return .connect(namespace: packet.namespace, auth: packet.data)
    }

    // MARK: The application's side

    package func phase(of namespace: String) -> Phase? {
        entered.first { $0.namespace == namespace }?.phase
    }

    /// The application took the peer in; false when it is no longer waiting for that.
    package mutating func accepted(_ namespace: String) -> Bool {
        guard let index = entered.firstIndex(where: { $0.namespace == namespace }),
            entered[index].phase == .connecting
        else { return false }
        entered[index].phase = .connected
        return true
    }

    /// The peer was refused or left; a transport without a namespace has its time to find another.
    package mutating func left(_ namespace: String, now: Int) {
        entered.removeAll { $0.namespace == namespace }
        connectUntil = now + connectTimeoutSeconds
    }

    /// Whether the transport was too long without a namespace.
    package func isOverdue(now: Int) -> Bool {
        now >= connectUntil && !entered.contains { $0.phase == .connected }
    }
}
