import NIOCore

/// One Engine.IO connection: which transport carries it, its heartbeat, and the upgrade.
///
///     polling ──probe opened──▶ probing ──5 upgrade──▶ webSocket
///        ▲────probe abandoned──────┘
///     any ──────────────────────────────────────────▶ closed
///
/// The peer moves it by what it sends, the clock by `tick`, the application by `close`. Times are
/// milliseconds of the caller's monotonic clock.
package struct EngineState: Sendable {
    package enum Phase: Equatable, Sendable {
        case polling
        /// A WebSocket stands beside polling; once its `2probe` is answered, the peer is leaving polling.
        case probing(answered: Bool, until: Int)
        case webSocket
        case closed
    }

    package enum Transport: Sendable {
        case polling
        case webSocket
    }

    package private(set) var phase: Phase
    private let pingInterval: Int
    private let pingTimeout: Int
    private let upgradeTimeout: Int
    private var nextPing: Int
    private var pongUntil: Int?

    package init(openedOn transport: Transport, limits: EngineLimits, now: Int) {
        phase = transport == .polling ? .polling : .webSocket
        // Early by a tick rather than late: the peer gives up once the sum of both times has passed.
        pingInterval = max(1, limits.pingIntervalMilliseconds - limits.tickMilliseconds)
        pingTimeout = limits.pingTimeoutMilliseconds
        upgradeTimeout = limits.upgradeTimeoutMilliseconds
        nextPing = now + pingInterval
    }

    // MARK: Packets

    package enum Reception: Equatable {
        case message(EngineMessage)
        case nothing
        case close(CloseReason)
    }

    /// Takes a packet from the transport that carries the connection.
    package mutating func received(_ packet: EnginePacket, now: Int) -> Reception {
        guard phase != .closed else { return .nothing }
        // Anything that arrives shows that the peer is there.
        if pongUntil != nil { pongUntil = now + pingTimeout }
        switch packet {
        case .text(let text): return .message(.text(text))
        case .binary(let bytes): return .message(.binary(bytes))
        case .pong:
            pongUntil = nil
            nextPing = now + pingInterval
            return .nothing
        case .close: return .close(.peerClosed)
        // In version 4 only the server pings.
        case .ping: return .close(.malformed)
        case .open, .upgrade, .noop: return .nothing
        }
    }

    // MARK: Upgrade

    package enum ProbeAction: Equatable {
        /// Answer on the probe, and release a poll in flight: the peer waits for it before it moves.
        case answer
        case upgrade
        case abandon
    }

    /// Whether a second transport may try to take over.
    package mutating func probeOpened(now: Int) -> Bool {
        guard phase == .polling else { return false }
        phase = .probing(answered: false, until: now + upgradeTimeout)
        return true
    }

    package mutating func probeReceived(_ packet: EnginePacket) -> ProbeAction {
        guard case .probing(let answered, let until) = phase else { return .abandon }
        switch packet {
        case .ping(EnginePacket.probe):
            phase = .probing(answered: true, until: until)
            return .answer
        case .upgrade where answered:
            phase = .webSocket
            return .upgrade
        default:
            phase = .polling
            return .abandon
        }
    }

    package mutating func probeClosed() {
        if case .probing = phase { phase = .polling }
    }

    /// While the peer leaves polling, its polls are answered at once, with a noop if with nothing else.
    package var answersPollsAtOnce: Bool {
        if case .probing(answered: true, _) = phase { true } else { false }
    }

    // MARK: Time

    package enum Due: Equatable {
        case nothing
        case ping
        case abandonProbe
        case close(CloseReason)
    }

    /// What the time asks for; called once in a tick.
    package mutating func tick(now: Int) -> Due {
        guard phase != .closed else { return .nothing }
        if let pongUntil {
            if now >= pongUntil { return .close(.pingTimeout) }
        } else if now >= nextPing {
            pongUntil = now + pingTimeout
            return .ping
        }
        if case .probing(_, let until) = phase, now >= until {
            phase = .polling
            return .abandonProbe
        }
        return .nothing
    }

    package mutating func close() { phase = .closed }
}
