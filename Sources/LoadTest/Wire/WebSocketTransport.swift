import EventLoopIsolation
import Hashing
import NIOCore
import NIOPosix
import SocketIO

/// What carries a person's packets, whichever way they travel.
@LoopActor
protocol Transport: AnyObject {
    func send(_ packet: ByteBuffer)
    /// Says goodbye and closes.
    func close()
    /// Drops the connection without a word, as a network that is gone does.
    func abort()
}

/// Who is told what a transport brings; never after `transportClosed`.
@LoopActor
protocol TransportDelegate: AnyObject {
    func transportReceived(_ packet: ByteBuffer)
    func transportClosed(_ reason: String)
}

/// One WebSocket to the deployment, the only handler of its channel but for TLS.
///
/// ```
/// upgrading ──101──▶ open ──▶ closed
///     └──any other answer──────▲
/// ```
@LoopActor
final class WebSocketTransport: Transport {
    private enum State { case upgrading, open, closed }

    private weak var delegate: (any TransportDelegate)?
    private let host: String
    private var channel: (any Channel)?
    private var state = State.upgrading
    private var head = ByteBuffer()
    private var reader = FrameReader()
    private var mask: UInt32
    private var needsFlush = false
    private let flushes: FlushQueue

    /// Any nonce will do: one for all makes the accept value a constant of the run.
    private static let nonce = "dml2YSBsb2FkIHRlc3QuLg=="
    private static let accept = webSocketAccept(for: nonce)
    private static let headBytesMax = 16 << 10

    init(host: String, mask: UInt32, delegate: any TransportDelegate, flushes: FlushQueue) {
        self.host = host
        self.mask = mask
        self.delegate = delegate
        self.flushes = flushes
    }

    // MARK: Sending

    func send(_ packet: ByteBuffer) {
        guard state == .open else { return }
        write(.text, packet)
    }

    func close() {
        if state == .open { write(.close, ByteBuffer(bytes: [0x03, 0xE8])) }
        state = .closed
        delegate = nil
        channel?.flush()
        channel?.close(promise: nil)
    }

    func abort() {
        state = .closed
        delegate = nil
        channel.map(abortChannel)
    }

    private func write(_ opcode: ClientFrame.Opcode, _ payload: ByteBuffer) {
        mask = mask &* 1_664_525 &+ 1_013_904_223
        channel?.write(ClientFrame.make(opcode, payload, mask: mask), promise: nil)
        guard !needsFlush else { return }
        needsFlush = true
        flushes.add(self)
    }

    func flush() {
        needsFlush = false
        channel?.flush()
    }

    // MARK: Receiving

    fileprivate func opened(_ channel: any Channel) {
        guard state != .closed else { return channel.close(promise: nil) }
        self.channel = channel
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
                case .ping(let data): write(.pong, data)
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
    typealias InboundIn = ByteBuffer

    nonisolated func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel
        LoopActor.assumeIsolated { opened(channel) }
    }

    nonisolated func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Self.unwrapInboundIn(data)
        LoopActor.assumeIsolated { received(bytes) }
    }

    nonisolated func channelInactive(context: ChannelHandlerContext) {
        LoopActor.assumeIsolated {
            channel = nil
            closed("the connection was lost")
        }
    }

    nonisolated func errorCaught(context: ChannelHandlerContext, error: any Error) {
        LoopActor.assumeIsolated { closed("\(error)") }
    }
}

/// Closes a connection as a network that is gone does: with no time to linger the peer gets a
/// reset, not a goodbye.
func abortChannel(_ channel: any Channel) {
    guard let socket = channel as? any SocketOptionProvider else {
        return channel.close(promise: nil)
    }
    socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).assumeIsolated().whenComplete { _ in
        channel.close(promise: nil)
    }
}

/// What proves that the other side speaks WebSocket (RFC 6455, section 4.2.2).
private func webSocketAccept(for nonce: String) -> String {
    let hash = sha1(Array((nonce + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
    return String(buffer: Base64.encode(ByteBuffer(bytes: hash).readableBytesView))
}

/// Flushes each transport that was written to once per turn of the loop.
@LoopActor
final class FlushQueue {
    private var waiting: [WebSocketTransport] = []

    func add(_ transport: WebSocketTransport) {
        if waiting.isEmpty {
            LoopActor.eventLoop.execute { LoopActor.assumeIsolated { self.flush() } }
        }
        waiting.append(transport)
    }

    private func flush() {
        let due = waiting
        waiting.removeAll(keepingCapacity: true)
        for transport in due { transport.flush() }
    }
}
