import NIOCore
import NIOPosix
import SocketIOServer
import Testing

/// A client that knows only bytes, and how HTTP and frames are laid out.
final class RawClient {
    private let channel: any Channel
    private var inbound: AsyncStream<ByteBuffer>.AsyncIterator
    private var buffer = ByteBuffer()

    struct Ended: Error {}

    init(_ server: TestServer) async throws {
        let (stream, bytes) = AsyncStream.makeStream(of: ByteBuffer.self)
        inbound = stream.makeAsyncIterator()
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(bytes))
                }
            }
            .connect(host: "127.0.0.1", port: server.port).get()
    }

    deinit { channel.close(promise: nil) }

    func close() async throws { try await channel.close() }

    func send(_ text: String) async throws { try await send(ByteBuffer(string: text)) }

    func send(_ bytes: ByteBuffer) async throws { try await channel.writeAndFlush(bytes) }

    /// Whether the server closes the connection, whatever it sends before.
    func seesEnd() async -> Bool {
        while await inbound.next() != nil {}
        return true
    }

    private func more() async throws {
        guard let bytes = await inbound.next() else { throw Ended() }
        buffer.writeImmutableBuffer(bytes)
    }

    private func read(_ count: Int) async throws -> ByteBuffer {
        while buffer.readableBytes < count { try await more() }
        return buffer.readSlice(length: count) ?? ByteBuffer()
    }

    // MARK: HTTP

    struct Response: Equatable {
        let status: Int
        let body: String
        /// By their names in lower case.
        var headers: [String: String] = [:]

        static func == (one: Response, other: Response) -> Bool {
            one.status == other.status && one.body == other.body
        }

        /// What every answer of ours says to browsers, once each.
        func expectSecurity() {
            for (name, value) in SecurityHeaders.all {
                #expect(headers[name.lowercased()] == value)
            }
            #expect(headers["content-security-policy"] == SecurityHeaders.policy)
        }
    }

    func get(_ path: String, headers: String = "") async throws -> Response {
        try await sendGet(path, headers: headers)
        return try await response()
    }

    func sendGet(_ path: String, headers: String = "") async throws {
        try await send("GET \(path) HTTP/1.1\r\nHost: test\r\n\(headers)\r\n")
    }

    func post(_ path: String, _ body: String) async throws -> Response {
        let length = body.utf8.count
        try await send(
            "POST \(path) HTTP/1.1\r\nHost: test\r\nContent-Length: \(length)\r\n\r\n\(body)"
        )
        return try await response()
    }

    func response() async throws -> Response {
        var head = ""
        while !head.hasSuffix("\r\n\r\n") { head += String(buffer: try await read(1)) }
        let lines = head.split(separator: "\r\n")
        let status = lines[0].split(separator: " ")[1]
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let halves = line.split(separator: ": ", maxSplits: 1)
            headers[halves[0].lowercased()] = halves.count == 2 ? String(halves[1]) : ""
        }
        let body = try await read(headers["content-length"].flatMap { Int($0) } ?? 0)
        return Response(status: Int(status) ?? 0, body: String(buffer: body), headers: headers)
    }

    // MARK: WebSocket

    static let upgradeHeaders = """
        Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n
        """

    func upgrade(
        _ path: String = "/socket.io/?EIO=4&transport=websocket"
    ) async throws -> Response {
        try await get(path, headers: Self.upgradeHeaders)
    }

    struct Frame: Equatable {
        let firstByte: UInt8
        let payload: String

        static func text(_ payload: String) -> Frame { Frame(firstByte: 0x81, payload: payload) }

        static func close(_ code: UInt16) -> Frame {
            var payload = ByteBuffer()
            payload.writeInteger(code)
            return Frame(firstByte: 0x88, payload: String(buffer: payload))
        }
    }

    /// The next frame; of a close the code alone, as what follows it is for people to read.
    func frame() async throws -> Frame {
        let (firstByte, payload) = try await rawFrame()
        let known = firstByte == 0x88 ? payload.prefix(2) : payload[...]
        return Frame(firstByte: firstByte, payload: String(decoding: known, as: UTF8.self))
    }

    func rawFrame() async throws -> (firstByte: UInt8, payload: [UInt8]) {
        let firstByte = try await readInteger(UInt8.self)
        var length = Int(try await readInteger(UInt8.self))
        if length == 126 { length = Int(try await readInteger(UInt16.self)) }
        if length == 127 { length = Int(try await readInteger(UInt64.self)) }
        return (firstByte, Array(try await read(length).readableBytesView))
    }

    private func readInteger<T: FixedWidthInteger>(_: T.Type) async throws -> T {
        var bytes = try await read(MemoryLayout<T>.size)
        return bytes.readInteger() ?? 0
    }

    /// Sends a masked text frame and, if told, one that is not final or not masked.
    func sendText(_ text: String) async throws {
        try await send(Self.frame(0x81, ByteBuffer(string: text)))
    }

    static func frame(_ firstByte: UInt8, _ payload: ByteBuffer, masked: Bool = true) -> ByteBuffer
    {
        var frame = ByteBuffer()
        let maskBit: UInt8 = masked ? 0x80 : 0
        frame.writeInteger(firstByte)
        switch payload.readableBytes {
        case ...125: frame.writeInteger(maskBit | UInt8(payload.readableBytes))
        case ...0xFFFF:
            frame.writeInteger(maskBit | 126)
            frame.writeInteger(UInt16(payload.readableBytes))
        default:
            frame.writeInteger(maskBit | 127)
            frame.writeInteger(UInt64(payload.readableBytes))
        }
        let mask: [UInt8] = masked ? [0x12, 0x34, 0x56, 0x78] : [0, 0, 0, 0]
        if masked { frame.writeBytes(mask) }
        let bytes = payload.readableBytesView.enumerated().map { $1 ^ mask[$0 % 4] }
        frame.writeBytes(bytes)
        return frame
    }
}

final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let bytes: AsyncStream<ByteBuffer>.Continuation

    init(_ bytes: AsyncStream<ByteBuffer>.Continuation) { self.bytes = bytes }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes.yield(Self.unwrapInboundIn(data))
    }

    func channelInactive(context: ChannelHandlerContext) { bytes.finish() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
