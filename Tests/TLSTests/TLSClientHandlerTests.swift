import NIOCore
import NIOEmbedded
import TLS
import TestSupport
import Testing

struct TLSClientHandlerTests {
    private let channel = EmbeddedChannel()
    private let errors = ErrorRecorder()

    init() throws {
        let context = try TLSClientContext()
        let handler = try TLSClientHandler(context: context, host: "viva.example")
        try channel.pipeline.syncOperations.addHandlers([handler, errors])
        channel.connect(to: try SocketAddress(unixDomainSocketPath: "/test"), promise: nil)
    }

    private final class ErrorRecorder: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        var errors: [TLSError] = []

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            if let error = error as? TLSError { errors.append(error) }
        }
    }

    private func sent() throws -> ByteBuffer? { try channel.readOutbound() }

    @Test func `the client begins, and names the host it means`() throws {
        let hello = try #require(try sent())
        #expect(hello.getInteger(at: 0) == UInt8(22))
        #expect(hello.readableBytesView.contains(Array("viva.example".utf8)))
    }

    @Test func `nothing is sent in the clear while the handshake lasts`() throws {
        _ = try sent()
        channel.writeAndFlush(ByteBuffer(string: "secret"), promise: nil)
        #expect(try sent() == nil)
    }

    @Test(arguments: ["HTTP/1.1 400 Bad Request\r\n\r\n", "-ERR unknown command\r\n"])
    func `what is not TLS ends the connection with an error`(text: String) throws {
        let promise = channel.eventLoop.makePromise(of: Void.self)
        channel.writeAndFlush(ByteBuffer(string: "secret"), promise: promise)
        try channel.writeInbound(ByteBuffer(string: text))
        guard case .failed = errors.errors.first, errors.errors.count == 1 else {
            Issue.record("errors are \(errors.errors)")
            return
        }
        #expect(!channel.isActive)
        #expect(throws: TLSError.self) { try promise.futureResult.wait() }
        while let bytes = try sent() {
            #expect(!bytes.readableBytesView.contains(Array("secret".utf8)))
        }
    }

    @Test func `a connection that ends during the handshake is truncated`() throws {
        channel.pipeline.fireChannelInactive()
        #expect(errors.errors == [.truncated])
    }

    @Test func `writing after the end fails`() throws {
        try channel.close().wait()
        #expect(throws: (any Error).self) {
            try channel.writeAndFlush(ByteBuffer(string: "x")).wait()
        }
    }

    @Test(arguments: ["", String(repeating: "x", count: 300)])
    func `a name that no certificate can have is refused at once`(host: String) throws {
        let context = try TLSClientContext()
        #expect(throws: TLSError.unusable("host name \(host)")) {
            try TLSClientHandler(context: context, host: host)
        }
    }

    @Test func `a host with an embedded zero byte is refused`() throws {
        let context = try TLSClientContext()
        #expect(throws: TLSError.self) {
            try TLSClientHandler(context: context, host: "good.example\0.evil.example")
        }
    }

    @Test func `authorities that cannot be read are refused`() {
        #expect(throws: TLSError.self) { try TLSClientContext(caFile: "/nowhere.pem") }
        #expect(throws: TLSError.self) { try TLSClientContext(caFile: #filePath) }
    }
}
