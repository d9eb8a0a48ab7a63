package import EventLoopIsolation
import Hashing
package import NIOCore
import NIOPosix
import SocketIO

#if canImport(Glibc)
    import Glibc
#endif

/// One WebSocket to the deployment, the only handler of its channel but for TLS.
///
/// ```
/// upgrading ──101──▶ open ──▶ closed
///     └──any other answer──────▲
/// ```
@LoopActor
package final class WebSocketTransport: Transport {
    private enum State { case upgrading, open, closed }

    /// Until the end: a weak reference would make each of its others slow.
    private var delegate: (any TransportDelegate)?
    private let host: String
    private var channel: (any Channel)?
    private var state = State.upgrading
    private var head = ByteBuffer()
    private var reader = FrameReader()
    private let frames: FrameSender
    private let isTLS: Bool
    /// The socket itself, which is the channel's as long as that is active; nil behind TLS.
    private var descriptor: NIOBSDSocket.Handle?
    /// As long as the channel holds any, what follows has to go behind them.
    private var writesInChannel = 0

    /// Any nonce will do: one for all makes the accept value a constant of the run.
    private static let nonce = "dml2YSBsb2FkIHRlc3QuLg=="
    private static let accept = webSocketAccept(for: nonce)
    private static let headBytesMax = 16 << 10

    init(host: String, isTLS: Bool, delegate: any TransportDelegate, frames: FrameSender) {
        self.host = host
        self.isTLS = isTLS
        self.delegate = delegate
        self.frames = frames
    }

    // MARK: Sending

    package func send(_ packet: ByteBuffer) {
        guard state == .open else { return }
        frames.send(.text, packet, from: self)
    }

    package func close() {
        if state == .open {
            frames.send(.close, ByteBuffer(bytes: [0x03, 0xE8]), from: self)
            frames.flush()
        }
        state = .closed
        delegate = nil
        channel?.close(promise: nil)
    }

    package func abort() {
        state = .closed
        delegate = nil
        channel.map(abortChannel)
    }

    /// Straight to the socket as long as that takes it: a channel's pipeline, queue and promises cost
    /// as much again as the system call.
    func write(_ frames: ByteBuffer) {
        guard state == .open, let channel, channel.isActive else { return }
        guard let descriptor else { return channel.writeAndFlush(frames, promise: nil) }
        var rest = frames
        if writesInChannel == 0 {
            let count = rest.withUnsafeReadableBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            rest.moveReaderIndex(forwardBy: max(0, count))
        }
        if rest.readableBytes > 0 { pass(rest, to: channel) }
    }

    /// The channel waits until the socket takes more, and finds out what is wrong with it.
    private func pass(_ rest: ByteBuffer, to channel: any Channel) {
        writesInChannel += 1
        channel.writeAndFlush(rest).assumeIsolated().whenComplete { _ in
            LoopActor.assumeIsolated { self.writesInChannel -= 1 }
        }
    }

    // MARK: Receiving

    fileprivate func opened(_ channel: any Channel) {
        guard state != .closed else { return channel.close(promise: nil) }
        self.channel = channel
        if !isTLS {
            descriptor = try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable { $0 }
        }
        channel.writeAndFlush(
            ByteBuffer(
                string: """
                    GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
                    Host: \(host)\r
                    Connection: Upgrade\r
                    Upgrade: websocket\r
                    Sec-WebSocket-Version: 13\r
                    Sec-WebSocket-Key: \(Self.nonce)\r
                    User-Agent: viva-loadtest\r
                    \r

                    """
            ),
            promise: nil
        )
    }

    fileprivate func received(_ bytes: ByteBuffer) {
        switch state {
        case .upgrading: receivedHead(bytes)
        case .open:
            reader.feed(bytes)
            readFrames()
        case .closed: break
        }
    }

    private func receivedHead(_ bytes: ByteBuffer) {
        head.writeImmutableBuffer(bytes)
        let view = head.readableBytesView
        guard let end = view.firstRange(of: [0x0D, 0x0A, 0x0D, 0x0A]) else {
            if head.readableBytes > Self.headBytesMax { closed("an endless answer to the upgrade") }
            return
        }
        let text = String(decoding: view[..<end.lowerBound], as: UTF8.self)
        let status = text.split(separator: " ", maxSplits: 2).dropFirst().first ?? "nothing"
        guard status == "101", text.contains(Self.accept) else {
            return closed("the upgrade was answered with \(status)")
        }
        state = .open
        let rest = head.getSlice(at: end.upperBound, length: view.endIndex - end.upperBound)
        head = ByteBuffer()
        if let rest, rest.readableBytes > 0 { received(rest) }
    }

    private func readFrames() {
        do {
            while state == .open, let frame = try reader.next() {
                switch frame {
                case .text(let packet): delegate?.transportReceived(packet)
                case .ping(let data): frames.send(.pong, data, from: self)
                case .close: closed("the server closed it")
                case .ignored: break
                }
            }
        } catch {
            closed("frames that are none: \(error)")
        }
    }

    func closed(_ reason: String) {
        guard state != .closed else { return }
        state = .closed
        channel?.close(promise: nil)
        let delegate = delegate
        self.delegate = nil
        delegate?.transportClosed(reason)
    }
}

extension WebSocketTransport: ChannelInboundHandler {
    package typealias InboundIn = ByteBuffer

    package nonisolated func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel
        LoopActor.assumeIsolated { opened(channel) }
    }

    package nonisolated func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Self.unwrapInboundIn(data)
        LoopActor.assumeIsolated { received(bytes) }
    }

    package nonisolated func channelInactive(context: ChannelHandlerContext) {
        LoopActor.assumeIsolated {
            channel = nil
            closed("the connection was lost")
        }
    }

    package nonisolated func errorCaught(context: ChannelHandlerContext, error: any Error) {
        LoopActor.assumeIsolated { closed("\(error)") }
    }
}

/// What proves that the other side speaks WebSocket (RFC 6455, section 4.2.2).
private func webSocketAccept(for nonce: String) -> String {
    let hash = sha1(Array((nonce + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
    return String(buffer: Base64.encode(ByteBuffer(bytes: hash).readableBytesView))
}
