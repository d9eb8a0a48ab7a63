import EventLoopIsolation
import NIOCore
import NIOWebSocket
import SocketIO

/// One WebSocket, the last handler of its channel: frames in, ready-made frames out.
@LoopActor
final class WebSocketConnection {
    private let channel: any Channel
    nonisolated let messageBytesMax: Int
    private var receiver: (any WebSocketReceiver)?
    private let flushes: FlushQueue
    private let closeTimeout: TimeAmount
    private var assembler: WebSocketAssembler
    private var needsFlush = false
    /// A close frame was sent: nothing may follow it, and what still comes is not listened to.
    private var isClosing = false

    init(
        channel: any Channel,
        receiver: any WebSocketReceiver,
        limits: EngineLimits,
        flushes: FlushQueue
    ) {
        self.channel = channel
        self.receiver = receiver
        self.flushes = flushes
        closeTimeout = .milliseconds(Int64(limits.closeTimeoutMilliseconds))
        messageBytesMax = limits.payloadBytesMax
        assembler = WebSocketAssembler(messageBytesMax: limits.payloadBytesMax)
    }

    /// The channel speaks WebSocket now.
    func opened() { receiver?.webSocketOpened(self) }

    // MARK: Sending

    /// Writes one whole frame; it leaves at the end of this turn of the loop.
    func send(_ frame: ByteBuffer) {
        guard !isClosing else { return }
        channel.write(frame, promise: nil)
        guard !needsFlush else { return }
        needsFlush = true
        flushes.add(self)
    }

    func flush() {
        needsFlush = false
        channel.flush()
    }

    var isWritable: Bool { channel.isWritable }

    var queuedBytes: Int {
        (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    // MARK: Receiving

    fileprivate func received(_ frame: WebSocketFrame) {
        guard !isClosing else {
            if frame.opcode == .connectionClose { channel.close(promise: nil) }
            return
        }
        switch assembler.received(frame) {
        case .text(let text): receiver?.webSocketReceived(.text(text), from: self)
        case .binary(let bytes): receiver?.webSocketReceived(.binary(bytes), from: self)
        case .pong(let data): send(.webSocketFrame(.pong, data))
        case .closed(let payload): answerClose(payload)
        case .fail(let code): fail(code)
        case .nothing: break
        }
    }

    fileprivate func caught(_ error: any Error) {
        // After its first error the frame decoder reports everything that still comes as another.
        guard !isClosing else { return }
        switch error {
        case NIOWebSocketError.invalidFrameLength: fail(.messageTooLarge)
        case is NIOWebSocketError: fail(.protocolError)
        default: ended(because: .transportFailed)
        }
    }

    /// The channel is gone, or the peer has shut down its half, which for a WebSocket is the same.
    fileprivate func ended(because reason: CloseReason) {
        isClosing = true
        // Before the channel closes, which brings this call about once more.
        receiver?.webSocketClosed(self, because: reason)
        receiver = nil
        channel.close(promise: nil)
    }

    fileprivate func serverStops() {
        if let receiver { receiver.close(because: .serverStopped) } else { sendClose(.goingAway) }
    }

    // MARK: Closing

    /// Says goodbye; the channel closes once the peer has answered, or after a while without an answer.
    func close(because reason: CloseReason) {
        receiver = nil
        sendClose(Self.code(for: reason))
    }

    private func fail(_ code: WebSocketErrorCode) {
        fail(code, because: code == .messageTooLarge ? .tooLarge : .malformed)
    }

    private func fail(_ code: WebSocketErrorCode, because reason: CloseReason) {
        sendClose(code)
        receiver?.webSocketClosed(self, because: reason)
        receiver = nil
    }

    private func answerClose(_ payload: ByteBuffer) {
        send(.webSocketFrame(.close, payload))
        channel.flush()
        ended(because: .peerClosed)
    }

    private func sendClose(_ code: WebSocketErrorCode) {
        guard !isClosing else { return }
        var payload = ByteBuffer()
        payload.write(webSocketErrorCode: code)
        send(.webSocketFrame(.close, payload))
        isClosing = true
        let channel = channel
        channel.eventLoop.scheduleTask(in: closeTimeout) { channel.close(promise: nil) }
    }

    private static func code(for reason: CloseReason) -> WebSocketErrorCode {
        switch reason {
        case .serverStopped: .goingAway
        case .malformed: .protocolError
        case .tooLarge: .messageTooLarge
        case .tooSlow: .policyViolation
        default: .normalClosure
        }
    }
}

extension WebSocketConnection: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame

    nonisolated func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = Self.unwrapInboundIn(data)
        LoopActor.assumeIsolated { received(frame) }
    }

    nonisolated func channelInactive(context: ChannelHandlerContext) {
        LoopActor.assumeIsolated { ended(because: .transportFailed) }
        context.fireChannelInactive()
    }

    nonisolated func errorCaught(context: ChannelHandlerContext, error: any Error) {
        LoopActor.assumeIsolated { caught(error) }
    }

    nonisolated func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            LoopActor.assumeIsolated { ended(because: .transportFailed) }
        case is ChannelShouldQuiesceEvent:
            LoopActor.assumeIsolated { serverStops() }
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }
}

extension ByteBuffer {
    /// A whole frame with a short payload.
    fileprivate static func webSocketFrame(
        _ opcode: WebSocketFrameHeader.Opcode,
        _ payload: ByteBuffer
    ) -> ByteBuffer {
        var frame = ByteBuffer()
        frame.writeWebSocketFrameHeader(opcode, payloadLength: payload.readableBytes)
        frame.writeImmutableBuffer(payload)
        return frame
    }
}
