import EventLoopIsolation
import NIOCore
import NIOPosix
import Testing

@testable import SocketIOServer

@Suite(.timeLimit(.minutes(1))) struct FrameWriterTests {
    @Test func `frames come in order, however little the peer takes at once`() async throws {
        let (near, far) = try await pair()
        let frames = (0..<2_000).map { ByteBuffer(string: "\($0):" + filler($0)) }
        #expect(await write(frames, writer(near)) > 0)
        #expect(await far.read(frames.reduce(0) { $0 + $1.readableBytes }) == joined(frames))
        try await near.close()
    }

    @Test func `what the peer takes at once is never queued`() async throws {
        let (near, far) = try await pair()
        let first = [ByteBuffer(string: "first")]
        // The answer to an upgrade may be on its way before it.
        let writer = await writer(near)
        await write(first, writer)
        #expect(await far.read(5) == joined(first))
        let frames = (0..<10).map { ByteBuffer(string: "\($0)") }
        #expect(await write(frames, writer) == 0)
        #expect(await far.read(10) == joined(frames))
        try await near.close()
    }

    @Test func `nothing is written to a channel that is closed`() async throws {
        let (near, far) = try await pair()
        let writer = await writer(near)
        await write([ByteBuffer(string: "first")], writer)
        _ = await far.read(5)
        try await near.close()
        await write([ByteBuffer(string: "late")], writer)
        #expect(await far.read(1) == ByteBuffer())
    }

    // MARK: Two ends of a connection

    @LoopActor
    private func writer(_ channel: any Channel) -> FrameWriter { FrameWriter(channel: channel) }

    /// Writes in turns of three frames; returns what waits for the peer after that.
    @LoopActor @discardableResult
    private func write(_ frames: [ByteBuffer], _ writer: FrameWriter) -> Int {
        for (index, frame) in frames.enumerated() {
            writer.write(frame)
            if index % 3 == 2 { writer.flush() }
        }
        writer.flush()
        return writer.queuedBytes
    }

    private func filler(_ number: Int) -> String {
        String(repeating: "x", count: number % 100 == 0 ? 20_000 : number % 50)
    }

    private func joined(_ frames: [ByteBuffer]) -> ByteBuffer {
        frames.reduce(into: ByteBuffer()) { $0.writeImmutableBuffer($1) }
    }

    private func pair() async throws -> (any Channel, SlowPeer) {
        let (accepted, accepting) = AsyncStream.makeStream(of: (any Channel).self)
        let server = try await ServerBootstrap(group: LoopActor.group)
            .childChannelOption(.socketOption(.so_sndbuf), value: 4_096)
            .childChannelInitializer { channel in
                accepting.yield(channel)
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let far = try await SlowPeer(server.localAddress?.port ?? 0)
        let near = await accepted.first { _ in true }
        try await server.close()
        return (try #require(near), far)
    }
}

/// Reads when it is asked to.
private final class SlowPeer {
    private let channel: any Channel
    private var inbound: AsyncStream<ByteBuffer>.AsyncIterator

    init(_ port: Int) async throws {
        let (stream, bytes) = AsyncStream.makeStream(of: ByteBuffer.self)
        inbound = stream.makeAsyncIterator()
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: false)
            .channelOption(.socketOption(.so_rcvbuf), value: 4_096)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(bytes))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
    }

    /// As many bytes, or all until the end.
    func read(_ count: Int) async -> ByteBuffer {
        // Refused only once the other end has closed it: what came before is there.
        try? await channel.setOption(.autoRead, value: true).get()
        var bytes = ByteBuffer()
        while bytes.readableBytes < count, let piece = await inbound.next() {
            bytes.writeImmutableBuffer(piece)
        }
        return bytes
    }
}
