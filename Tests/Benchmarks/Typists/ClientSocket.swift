import EventLoopIsolation
import NIOCore
import NIOPosix

/// A WebSocket as its client sees it, reduced to what a generator of load needs: text out, text in.
@LoopActor
final class ClientSocket {
    var onText: (@LoopActor (ByteBuffer) -> Void)?
    var onClosed: (@LoopActor () -> Void)?
    private let port: Int
    private var channel: (any Channel)?
    private var isUpgraded = false
    /// The beginning of a frame whose end has not arrived.
    private var unread = ByteBuffer()

    init(port: Int) {
        self.port = port
    }

    func connect() {
        let bootstrap = ClientBootstrap(group: LoopActor.group)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connectTimeout(.seconds(60))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(self)
                }
            }
        bootstrap.connect(host: "127.0.0.1", port: port).whenFailure { _ in
            LoopActor.assumeIsolated { self.onClosed?() }
        }
    }

    // MARK: Out

    /// Any key serves: the server is not to be protected from this client's own bytes.
    private static let maskKey: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]

    func send(_ text: some Collection<UInt8>) {
        guard let channel else { return }
        var frame = channel.allocator.buffer(capacity: text.count + 8)
        frame.writeInteger(0x81 as UInt8)
        if text.count < 126 {
            frame.writeInteger(0x80 | UInt8(text.count))
        } else {
            frame.writeInteger(0x80 | 126 as UInt8)
            frame.writeInteger(UInt16(text.count))
        }
        frame.writeBytes(Self.maskKey)
        for (index, byte) in text.enumerated() {
            frame.writeInteger(byte ^ Self.maskKey[index & 3])
        }
        channel.writeAndFlush(frame, promise: nil)
    }

    fileprivate func active(_ channel: any Channel) {
        self.channel = channel
        let request = """
            GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
            Host: 127.0.0.1:\(port)\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r

            """
        channel.writeAndFlush(ByteBuffer(string: request), promise: nil)
    }

    // MARK: In

    fileprivate func received(_ bytes: ByteBuffer) {
        if unread.readableBytes == 0 { unread = bytes } else { unread.writeImmutableBuffer(bytes) }
        guard isUpgraded || readAnswer() else { return }
        while let (opcode, payload) = readFrame() {
            if opcode == 0x1 { onText?(payload) }
            if opcode == 0x8 { channel?.close(promise: nil) }
        }
        // Memory that a large message needed is not kept by each of thousands of connections.
        if unread.readableBytes == 0 { unread = ByteBuffer() }
    }

    /// The head of the answer to the upgrade ends with an empty line.
    private func readAnswer() -> Bool {
        let view = unread.readableBytesView
        guard let end = view.indices.first(where: { view[$0...].starts(with: "\r\n\r\n".utf8) })
        else { return false }
        isUpgraded = view.starts(with: "HTTP/1.1 101".utf8)
        unread.moveReaderIndex(to: end + 4)
        if !isUpgraded { channel?.close(promise: nil) }
        return isUpgraded
    }

    /// A server's frame: not masked, and none that we talk to splits its messages.
    private func readFrame() -> (opcode: UInt8, payload: ByteBuffer)? {
        var rest = unread
        guard let first = rest.readInteger(as: UInt8.self),
            let short = rest.readInteger(as: UInt8.self),
            let length = Self.length(short, &rest),
            let payload = rest.readSlice(length: length)
        else { return nil }
        unread = rest
        return (first & 0xF, payload)
    }

    private static func length(_ short: UInt8, _ rest: inout ByteBuffer) -> Int? {
        switch short {
        case 127: rest.readInteger(as: UInt64.self).map(Int.init)
        case 126: rest.readInteger(as: UInt16.self).map(Int.init)
        default: Int(short)
        }
    }
}

extension ClientSocket: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    nonisolated func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel
        LoopActor.assumeIsolated { active(channel) }
    }

    nonisolated func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Self.unwrapInboundIn(data)
        LoopActor.assumeIsolated { received(bytes) }
    }

    nonisolated func channelInactive(context: ChannelHandlerContext) {
        LoopActor.assumeIsolated { onClosed?() }
    }

    nonisolated func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
