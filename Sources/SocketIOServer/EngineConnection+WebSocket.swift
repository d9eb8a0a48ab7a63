import NIOCore
import SocketIO

extension EngineConnection: WebSocketReceiver {
    /// A WebSocket is open that belongs to this connection, as its transport or to take over from polling.
    func webSocketOpened(_ opened: WebSocketConnection) {
        if state.phase == .webSocket {
            webSocket = opened
            self.opened(canUpgrade: false)
        } else {
            probe = opened
        }
    }

    func webSocketReceived(_ message: EngineMessage, from sender: WebSocketConnection) {
        guard let packet = try? EnginePacket(message) else {
            return sender === webSocket ? close(because: .malformed) : abandonProbe()
        }
        if sender === webSocket {
            received(packet)
        } else if sender === probe {
            probeReceived(packet)
        }
    }

    func webSocketClosed(_ sender: WebSocketConnection, because reason: CloseReason) {
        if sender === webSocket {
            close(because: reason)
        } else if sender === probe {
            abandonProbe()
        }
    }

    // MARK: Upgrade

    /// Whether a WebSocket may try to take over; if so, one is expected now.
    func mayProbe() -> Bool { state.probeOpened(now: endpoint.now) }

    private func probeReceived(_ packet: EnginePacket) {
        switch state.probeReceived(packet) {
        case .answer:
            probe?.send(endpoint.probeAnswer.frame)
            releasePoll()
        case .upgrade:
            webSocket = probe
            probe = nil
            releasePoll()
            for packet in polls.take() { write(packet) }
            endIfLeaving()
        case .abandon: abandonProbe()
        }
    }

    /// The connection stays with polling.
    func abandonProbe() {
        state.probeClosed()
        probe?.close(because: .closed)
        probe = nil
        endIfLeaving()
    }
}

extension EnginePacket {
    /// A WebSocket frame is one packet; binary stands for itself, without a type.
    fileprivate init(_ message: EngineMessage) throws(EngineError) {
        switch message {
        case .text(let text): try self.init(text: text)
        case .binary(let bytes): self = .binary(bytes)
        }
    }
}
