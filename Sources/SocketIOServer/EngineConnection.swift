package import EventLoopIsolation
import NIOCore
package import SocketIO

/// One Engine.IO connection: carries out what `EngineState` decides, whatever the transport.
///
/// The endpoint holds it until it is closed and its last packets are gone; transports hold it while
/// they are open. What stands on it, its receiver, is let go at the close.
@LoopActor
package final class EngineConnection {
    /// The sid, `<server name>.<20 random characters>`.
    package let id: String
    package let handshake: Handshake
    package let endpoint: EngineEndpoint
    /// Whose connection it counts as, nil where there is no bound.
    let address: String?
    var state: EngineState
    var polls = PollQueue()
    var isPosting = false
    private(set) var receiver: (any EngineReceiver)?
    /// The transport after an upgrade, or from the start.
    var webSocket: WebSocketConnection?
    /// A transport that wants to take over.
    var probe: WebSocketConnection?

    init(
        id: String,
        handshake: Handshake,
        endpoint: EngineEndpoint,
        openedOn transport: EngineState.Transport,
        address: String?
    ) {
        self.id = id
        self.handshake = handshake
        self.endpoint = endpoint
        self.address = address
        state = EngineState(openedOn: transport, limits: endpoint.limits, now: endpoint.now)
    }

    /// Sent away while it was moving to a WebSocket: it ends once it has arrived there, or has not.
    private var isLeaving = false

    /// Nothing is sent on a closed connection any more; its receiver has been told, or is about to be.
    package var isClosed: Bool { isLeaving || state.phase == .closed }

    /// The transport is there: the peer learns the sid, then whatever the receiver has to say.
    func opened(canUpgrade: Bool) {
        let limits = endpoint.limits
        send(
            PreparedPacket(EngineHandshake.packet(sid: id, canUpgrade: canUpgrade, limits: limits))
        )
        receiver = endpoint.makeReceiver(self)
    }

    func received(_ packet: EnginePacket) {
        switch state.received(packet, now: endpoint.now) {
        case .message(let message): receiver?.received(message)
        case .nothing: break
        case .close(let reason): close(because: reason)
        }
    }

    // MARK: Sending

    /// Queues a packet; it leaves at the end of this turn of the loop.
    package func send(_ packet: PreparedPacket) {
        if !isClosed { write(packet) }
    }

    func write(_ packet: PreparedPacket) {
        guard let webSocket else { return sendByPolling(packet) }
        webSocket.send(packet.frame)
        for attachment in packet.attachments { webSocket.send(attachment.frame) }
        guard !webSocket.isWritable else { return }
        if webSocket.queuedBytes > endpoint.limits.queuedBytesMax {
            close(because: .tooSlow)
        } else {
            endpoint.queued(packet.frame.readableBytes)
        }
    }

    /// What the peer has not taken yet.
    package var queuedBytes: Int { polls.bytes + (webSocket?.queuedBytes ?? 0) }

    /// Polling has no measure of its own: what a WebSocket's channel would hold serves for both.
    package var isWritable: Bool { webSocket?.isWritable ?? (polls.bytes < 1 << 16) }

    // MARK: Time

    func tick(now: Int) {
        switch state.tick(now: now) {
        case .nothing: break
        case .ping: send(endpoint.ping)
        case .abandonProbe: abandonProbe()
        case .close(let reason): return close(because: reason)
        }
        receiver?.ticked()
    }

    // MARK: Closing

    package func close(because reason: CloseReason) {
        guard state.phase != .closed else { return }
        // A peer on its way to a WebSocket looks for last packets in neither place until it is there.
        isLeaving = reason == .disconnected && state.answersPollsAtOnce
        if !isLeaving { end(because: reason) }
        let receiver = receiver
        self.receiver = nil
        receiver?.closed(because: reason)
    }

    /// The peer has moved, or will not.
    func endIfLeaving() {
        guard isLeaving else { return }
        isLeaving = false
        end(because: .disconnected)
    }

    private func end(because reason: CloseReason) {
        abandonProbe()
        state.close()
        if let webSocket {
            webSocket.close(because: reason)
            self.webSocket = nil
            endpoint.forget(self)
        } else {
            closePolling(because: reason)
        }
    }
}
