import EventLoopIsolation
import NIOCore
import NIOHTTP1

/// One request of ours and what is done with its answer.
struct HTTPCall {
    var method = HTTPMethod.GET
    var path: String
    var bearer: String?
    var contentType: String?
    var body: ByteBuffer?
    /// How long an answer may take; nil where waiting is what the call is for.
    var patience: TimeAmount? = .seconds(10)
    let completion: @LoopActor (Result<HTTPAnswer, HTTPFailure>) -> Void
}

struct HTTPAnswer {
    let status: Int
    let retryAfterSeconds: Int?
    let body: ByteBuffer
}

/// The connection broke, or what came was no HTTP.
struct HTTPFailure: Error {
    let reason: String
}

/// One connection that makes one call at a time.
@LoopActor
final class HTTPConnection {
    private let host: String
    private var channel: (any Channel)?
    private var call: HTTPCall?
    private var head: HTTPResponseHead?
    private var body = ByteBuffer()
    private var timeout: Scheduled<Void>?
    private(set) var isClosed = false

    private static let bodyBytesMax = 16 << 20

    init(host: String) {
        self.host = host
    }

    /// Connects, and calls `ready` once the connection may be used or has failed.
    func open(
        _ dialer: Dialer,
        _ target: Dialer.Target,
        ready: @escaping @LoopActor (HTTPFailure?) -> Void
    ) {
        dialer.connect(to: target) { [self] in
            [
                HTTPRequestEncoder(configuration: .init()),
                ByteToMessageHandler(HTTPResponseDecoder()), self,
            ]
        }
        .assumeIsolated().whenComplete { result in
            LoopActor.assumeIsolated {
                switch result {
                case .success(let channel):
                    self.channel = channel
                    ready(nil)
                case .failure(let error):
                    self.isClosed = true
                    ready(HTTPFailure(reason: connectionReason(error)))
                }
            }
        }
    }

    var remoteAddress: SocketAddress? { channel?.remoteAddress }

    func start(_ call: HTTPCall) {
        guard let channel, !isClosed else {
            return call.completion(.failure(HTTPFailure(reason: "the connection was lost")))
        }
        self.call = call
        timeout = call.patience.map { patience in
            channel.eventLoop.scheduleTask(in: patience) {
                LoopActor.assumeIsolated {
                    self.failed("no answer in \(patience.nanoseconds / 1_000_000_000) s")
                }
            }
        }
        var head = HTTPRequestHead(version: .http1_1, method: call.method, uri: call.path)
        head.headers.add(name: "Host", value: host)
        head.headers.add(name: "User-Agent", value: "viva-loadtest")
        if let bearer = call.bearer {
            head.headers.add(name: "Authorization", value: "Bearer \(bearer)")
        }
        if let body = call.body {
            head.headers.add(name: "Content-Type", value: call.contentType ?? "application/json")
            head.headers.add(name: "Content-Length", value: "\(body.readableBytes)")
        }
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        if let body = call.body {
            channel.write(HTTPClientRequestPart.body(.byteBuffer(body)), promise: nil)
        }
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    }

    func close() {
        isClosed = true
        end()
        channel?.close(promise: nil)
    }

    /// Drops the connection without a word.
    func abort() {
        isClosed = true
        end()
        channel.map(abortChannel)
    }

    // MARK: Receiving

    fileprivate func received(_ part: HTTPClientResponsePart) {
        switch part {
        case .head(let head):
            self.head = head
            body = ByteBuffer()
        case .body(let bytes):
            body.writeImmutableBuffer(bytes)
            if body.readableBytes > Self.bodyBytesMax { failed("an endless answer") }
        case .end: answered()
        }
    }

    private func answered() {
        guard let head, let call = end() else { return }
        if !head.isKeepAlive { close() }
        call.completion(
            .success(
                HTTPAnswer(
                    status: Int(head.status.code),
                    retryAfterSeconds: head.headers.first(name: "Retry-After").flatMap { Int($0) },
                    body: body
                )
            )
        )
        body = ByteBuffer()
    }

    /// The call that was under way, if there was one.
    @discardableResult
    private func end() -> HTTPCall? {
        timeout?.cancel()
        timeout = nil
        head = nil
        return call.take()
    }

    fileprivate func failed(_ reason: String) {
        isClosed = true
        let call = end()
        channel?.close(promise: nil)
        call?.completion(.failure(HTTPFailure(reason: reason)))
    }
}

extension HTTPConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    nonisolated func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = Self.unwrapInboundIn(data)
        LoopActor.assumeIsolated { received(part) }
    }

    nonisolated func channelInactive(context: ChannelHandlerContext) {
        LoopActor.assumeIsolated { failed("the connection was closed without an answer") }
    }

    nonisolated func errorCaught(context: ChannelHandlerContext, error: any Error) {
        LoopActor.assumeIsolated { failed(connectionReason(error)) }
    }
}
