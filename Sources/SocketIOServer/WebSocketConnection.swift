import EventLoopIsolation
import NIOCore
import SocketIO

/// One WebSocket, a handler of its channel: bytes in, ready-made frames out.
///
///     open ──we close──▶ closing ──the peer answers, or too late──▶ ended
///       └──the peer closes, the channel ends──────────────────────────▲
@LoopActor
final class WebSocketConnection {
    private let channel: any Channel
    private var receiver: (any WebSocketReceiver)?
    private let writer: FrameWriter
    private let flushes: FlushQueue
    private let closeTimeout: TimeAmount
    private var reader: WebSocketReader
    private var allowance: ReadAllowance?
    /// It brought more than it may: nothing is read until its time has come.
    private var isPaused = false
    private var needsFlush = false
    /// The newest ping that is not answered, while what was sent before is not taken.
    private var owedPong: ByteBuffer?
    /// A close frame was sent: nothing may follow it, and what still comes is not listened to.
    private var isClosing = false

    init(
        channel: any Channel,
        receiver: any WebSocketReceiver,
        limits: EngineLimits,
        transport: TransportLimits,
        flushes: FlushQueue
    ) {
        self.channel = channel
        self.receiver = receiver
        writer = FrameWriter(channel: channel)
        self.flushes = flushes
        closeTimeout = .milliseconds(Int64(limits.closeTimeoutMilliseconds))
        reader = WebSocketReader(messageBytesMax: limits.payloadBytesMax)
        allowance = transport.receivedBytesPerSecond.map {
            ReadAllowance(bytesPerSecond: $0, burst: transport.receivedBytesBurst, at: Self.now)
        }
    }

    /// The channel speaks WebSocket now.
    func opened() { receiver?.webSocketOpened(self) }

    private static var now: Int { Int(NIODeadline.now().uptimeNanoseconds / 1_000_000) }

    // MARK: Sending

    /// Writes one whole frame; it leaves at the end of this turn of the loop.
    func send(_ frame: ByteBuffer) {
        guard !isClosing else { return }
        writer.write(frame)
        guard !needsFlush else { return }
        needsFlush = true
        flushes.add(self)
    }

    func flush() {
        needsFlush = false
        writer.flush()
    }

    var isWritable: Bool { channel.isWritable }

    var queuedBytes: Int { writer.queuedBytes }

    /// Section 5.5.3: who is asked again before it answered may answer the newest ping alone.
    private func answer(ping data: ByteBuffer) {
        if isWritable { send(.webSocketFrame(.pong, data)) } else { owedPong = data }
    }

    private func writabilityChanged() {
        guard isWritable, let pong = owedPong.take() else { return }
        send(.webSocketFrame(.pong, pong))
    }

    // MARK: Receiving

    /// Returns for how long to read nothing more.
    private func received(_ bytes: ByteBuffer) -> TimeAmount? {
        var frames = 0
        reader.feed(bytes)
        while let event = reader.next() {
            frames += 1
            if isClosing { receivedLate(event) } else { received(event) }
        }
        let pause = allowance?.read(bytes: bytes.readableBytes, frames: frames, at: Self.now) ?? 0
        return pause > 0 && !isClosing ? .milliseconds(Int64(pause)) : nil
    }

    private func received(_ event: WebSocketReader.Event) {
        switch event {
        case .text(let text): receiver?.webSocketReceived(.text(text), from: self)
        case .binary(let bytes): receiver?.webSocketReceived(.binary(bytes), from: self)
        case .ping(let data): answer(ping: data)
        case .closed(let payload): answerClose(payload)
        case .failed(let failure): fail(failure)
        }
    }

    /// We said goodbye: all that counts is the answer, or that there will be none.
    private func receivedLate(_ event: WebSocketReader.Event) {
        switch event {
        case .closed, .failed: channel.close(promise: nil)
        case .text, .binary, .ping: break
        }
    }

    /// The channel is gone, or the peer has shut down its half, which for a WebSocket is the same.
    private func ended(because reason: CloseReason) {
        isClosing = true
        // Before the channel closes, which brings this call about once more.
        receiver?.webSocketClosed(self, because: reason)
        receiver = nil
        channel.close(promise: nil)
    }

    private func serverStops() {
        if let receiver {
            receiver.close(because: .serverStopped)
        } else {
            sendClose(1001, CloseReason.serverStopped.sentence)
        }
    }

    // MARK: Closing

    /// Says goodbye; the channel closes once the peer has answered, or after a while without an answer.
    func close(because reason: CloseReason) {
        receiver = nil
        sendClose(reason.webSocketCode, reason.sentence)
    }

    private func fail(_ failure: WebSocketFailure) {
        sendClose(failure.code, failure.sentence)
        receiver?.webSocketClosed(self, because: failure.closeReason)
        receiver = nil
    }

    private func answerClose(_ payload: ByteBuffer) {
        send(.webSocketFrame(.close, payload))
        writer.flush()
        ended(because: .peerClosed)
    }

    private func sendClose(_ code: UInt16, _ sentence: String) {
        guard !isClosing else { return }
        var payload = ByteBuffer()
        payload.writeInteger(code)
        payload.writeString(sentence)
        send(.webSocketFrame(.close, payload))
        isClosing = true
        let channel = channel
        channel.eventLoop.scheduleTask(in: closeTimeout) { channel.close(promise: nil) }
    }
}

extension WebSocketConnection: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer

    nonisolated func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Self.unwrapInboundIn(data)
        let pause = LoopActor.assumeIsolated { received(bytes) }
        if let pause { pauseReading(context, for: pause) }
    }

    private nonisolated func pauseReading(_ context: ChannelHandlerContext, for time: TimeAmount) {
        // What one read brings in pieces asks once; where that was too short the next read asks again.
        guard LoopActor.assumeIsolated({ !isPaused }) else { return }
        LoopActor.assumeIsolated { isPaused = true }
        let context = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: time) {
            LoopActor.assumeIsolated { self.isPaused = false }
            context.value.read()
        }
    }

    nonisolated func channelReadComplete(context: ChannelHandlerContext) {
        // After a later upgrade there is a stream of requests above that has ended and asks for nothing.
        read(context: context)
        context.fireChannelReadComplete()
    }

    nonisolated func read(context: ChannelHandlerContext) {
        if LoopActor.assumeIsolated({ !isPaused }) { context.read() }
    }

    nonisolated func channelWritabilityChanged(context: ChannelHandlerContext) {
        LoopActor.assumeIsolated { writabilityChanged() }
        context.fireChannelWritabilityChanged()
    }

    nonisolated func channelInactive(context: ChannelHandlerContext) {
        LoopActor.assumeIsolated { ended(because: .transportFailed) }
        context.fireChannelInactive()
    }

    nonisolated func errorCaught(context: ChannelHandlerContext, error: any Error) {
        LoopActor.assumeIsolated { ended(because: .transportFailed) }
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
