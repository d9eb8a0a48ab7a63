package import NIOCore

/// The namespaces of one Engine.IO connection: who asked for one, who has it.
///
///     (none) ──CONNECT──▶ connecting ──accepted──▶ connected ──we end it──▶ ended
///        ▲                    │ refused                │ DISCONNECT            │
///        └────────────────────┴────────────────────────┴──DISCONNECT, CONNECT──┘
package struct SocketState: Sendable {
    package enum Phase: Sendable {
        /// CONNECT came; the application has not answered yet.
        case connecting
        case connected
        /// We sent DISCONNECT: what the peer sent before it knew is no fault.
        case ended
    }

    private let offered: Set<String>
    private let limits: EngineLimits
    /// One or two at most, so searched in order.
    private var entered: [(namespace: String, phase: Phase)] = []
    private var assembly: SocketAssembly?
    private var connectUntil: Int

    package init(offering namespaces: Set<String>, limits: EngineLimits, now: Int) {
        offered = namespaces
        self.limits = limits
        connectUntil = now + limits.connectTimeoutMilliseconds
    }

    // MARK: Packets

    package enum Action: Equatable {
        /// Ask the application; `auth` is the JSON object of the CONNECT packet, if it had one.
        case connect(namespace: String, auth: ByteBuffer?)
        /// Answer CONNECT_ERROR: there is no such namespace.
        case refuse(namespace: String)
        case deliver(SocketEvent, namespace: String)
        /// The answer to an event of ours, whose number may be unknown.
        case acknowledged(Int, SocketAnswer, namespace: String)
        case disconnected(namespace: String)
        case nothing
        case close(CloseReason)
    }

    package mutating func received(_ message: EngineMessage, now: Int) -> Action {
        do throws(EngineError) {
            switch message {
            case .text(let text): return try received(text, now: now)
            case .binary(let bytes): return try received(attachment: bytes, now: now)
            }
        } catch {
            return .close(error.closeReason)
        }
    }

    private mutating func received(_ text: ByteBuffer, now: Int) throws(EngineError) -> Action {
        // Nothing may come between a packet and its attachments.
        guard assembly == nil else { throw .malformedSocketPacket }
        let packet = try SocketPacket(text: text)
        guard packet.attachments > 0 else { return try received(packet, [], now: now) }
        guard phase(of: packet.namespace) != nil else { throw .malformedSocketPacket }
        assembly = try SocketAssembly(packet, limits: limits)
        return .nothing
    }

    private mutating func received(
        attachment: ByteBuffer,
        now: Int
    ) throws(EngineError) -> Action {
        // Given up while it is added to, or the attachments so far would be copied.
        guard var assembly = assembly.take() else { throw .malformedSocketPacket }
        try assembly.add(attachment)
        if assembly.isComplete {
            return try received(assembly.packet, assembly.attachments, now: now)
        }
        self.assembly = assembly
        return .nothing
    }

    private mutating func received(
        _ packet: SocketPacket,
        _ attachments: [ByteBuffer],
        now: Int
    ) throws(EngineError) -> Action {
        let namespace = packet.namespace
        switch (packet.kind, phase(of: namespace)) {
        case (.connect, nil), (.connect, .ended): return connect(packet)
        case (.disconnect, .ended):
            left(namespace, now: now)
            return .nothing
        case (.disconnect, .some):
            left(namespace, now: now)
            return .disconnected(namespace: namespace)
        case (.event, .connected), (.binaryEvent, .connected):
            return .deliver(try SocketEvent(packet, attachments: attachments), namespace: namespace)
        case (.acknowledgement, .connected), (.binaryAcknowledgement, .connected):
            return acknowledged(packet, attachments)
        case (.event, .ended), (.binaryEvent, .ended), (.acknowledgement, .ended),
            (.binaryAcknowledgement, .ended):
            return .nothing
        default: throw .malformedSocketPacket
        }
    }

    private mutating func connect(_ packet: SocketPacket) -> Action {
        guard offered.contains(packet.namespace) else {
            return .refuse(namespace: packet.namespace)
        }
        entered.removeAll { $0.namespace == packet.namespace }
        entered.append((packet.namespace, .connecting))
        return .connect(namespace: packet.namespace, auth: packet.data)
    }

    private func acknowledged(_ packet: SocketPacket, _ attachments: [ByteBuffer]) -> Action {
        // Without a number it answers nothing, which the official server does not mind.
        guard let id = packet.acknowledgementID, let arguments = packet.elements else {
            return .nothing
        }
        let answer = SocketAnswer.answered(arguments: arguments, attachments: attachments)
        return .acknowledged(id, answer, namespace: packet.namespace)
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
        connectUntil = now + limits.connectTimeoutMilliseconds
    }

    /// The application sent the peer away, which may not know yet; false when it was not there.
    package mutating func ended(_ namespace: String, now: Int) -> Bool {
        guard let phase = phase(of: namespace), phase != .ended else { return false }
        left(namespace, now: now)
        entered.append((namespace, .ended))
        return true
    }

    /// Whether the peer has a namespace, or waits for one.
    package var isInUse: Bool { entered.contains { $0.phase != .ended } }

    /// Whether the transport was too long without a namespace.
    package func isOverdue(now: Int) -> Bool {
        now >= connectUntil && !entered.contains { $0.phase == .connected }
    }
}

extension SocketPacket {
    /// What is between the brackets of the data, which was checked to be one array.
    fileprivate var elements: ByteBuffer? {
        guard let data, let end = data.readableBytesView.lastIndex(of: UInt8(ascii: "]")),
            let start = data.readableBytesView.firstIndex(of: UInt8(ascii: "["))
        else { return nil }
        return data.getSlice(at: start + 1, length: end - start - 1)
    }
}
