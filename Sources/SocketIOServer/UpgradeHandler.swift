import EventLoopIsolation
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOWebSocket
import SocketIO

/// Watches the requests of one channel for an upgrade to WebSocket at the path of an endpoint.
///
///     waiting ──first request──▶ serving ──▶ … ──upgrade──▶ upgraded
///        └──────────────────upgrade───────────────────────────▲
///
/// The handlers for HTTP come only with the first request that needs them, so that a WebSocket which
/// was one from the start carries none of their memory. The stream of requests above them cannot be
/// taken out of a pipeline: after a later upgrade this handler keeps it from the channel instead.
final class UpgradeHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias HTTPChannel = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        case waiting
        case serving
        /// The head of a request to upgrade was read; its end decides.
        case upgrading(HTTPRequestHead)
        case upgraded
    }

    private static let firstRequestTimeout = TimeAmount.seconds(15)
    private static let idleTimeout = Duration.seconds(75)

    let encoder = HTTPResponseEncoder()
    let decoder = ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes))
    /// Fulfilled at the first request: with the channel's HTTP side, or nil.
    let http: EventLoopPromise<HTTPChannel?>
    private let endpoints: UpgradeEndpoints
    private let logger: Logger
    private var state = State.waiting
    private var firstRequestDeadline: Scheduled<Void>?
    /// Above this one, once a request was served as HTTP.
    private var httpHandlers: [any RemovableChannelHandler] = []
    private var requestsInFlight = 0
    /// A request asked to leave HTTP for something that is not spoken here: the decoder stops there.
    private var closesAfterResponse = false

    init(endpoints: UpgradeEndpoints, channel: any Channel, logger: Logger) {
        self.endpoints = endpoints
        self.logger = logger
        http = channel.eventLoop.makePromise()
        firstRequestDeadline = channel.eventLoop.scheduleTask(in: Self.firstRequestTimeout) {
            channel.close(promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .upgraded: context.fireChannelRead(data)
        case .upgrading(let head): upgradeBodyRead(context, head, Self.unwrapInboundIn(data))
        case .waiting, .serving:
            if case .head(let head) = Self.unwrapInboundIn(data) { headRead(context, head) }
            if case .upgrading = state { return }
            context.fireChannelRead(data)
        }
    }

    private func headRead(_ context: ChannelHandlerContext, _ head: HTTPRequestHead) {
        firstRequestDeadline?.cancel()
        firstRequestDeadline = nil
        if head.asksForWebSocket, endpoints.serves(head.uri) {
            state = .upgrading(head)
            return
        }
        if case .waiting = state { startServing(context) }
        requestsInFlight += 1
        closesAfterResponse = head.headers.contains(name: "upgrade")
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        // The stream above has ended and asks for nothing more.
        if case .upgraded = state { context.read() }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .upgraded = state { return context.write(data, promise: promise) }
        guard case .end = Self.unwrapOutboundIn(data) else {
            return context.write(data, promise: promise)
        }
        requestsInFlight -= 1
        context.write(data, promise: promise)
        if closesAfterResponse {
            context.flush()
            context.close(promise: nil)
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        // The end of the stream above: it has no say any more.
        if case .upgraded = state, mode == .output {
            promise?.succeed()
        } else {
            context.close(mode: mode, promise: promise)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        firstRequestDeadline?.cancel()
        http.succeed(nil)
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            // Or polls in flight would hold up the server's end until their next heartbeat.
            LoopActor.assumeIsolated { [endpoints] in endpoints.stop() }
            if case .waiting = state { context.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A silent close would make a proxy believe that this process has failed, and ask the next.
        if error is HTTPParserError, isBetweenRequests { return answerMalformed(context) }
        // Before the first request nobody else is there to answer to what is not HTTP.
        if case .waiting = state { context.close(promise: nil) }
        context.fireErrorCaught(error)
    }

    // MARK: HTTP

    private var isBetweenRequests: Bool {
        switch state {
        case .waiting: true
        case .serving: requestsInFlight == 0
        case .upgrading, .upgraded: false
        }
    }

    private func answerMalformed(_ context: ChannelHandlerContext) {
        let problem =
            #"{"title":"The request is not proper HTTP/1.1.","status":400,"code":"malformed_request"}"#
        end(context, status: 400, type: "application/problem+json", ByteBuffer(string: problem))
    }

    private func startServing(_ context: ChannelHandlerContext) {
        state = .serving
        do {
            let pipeline = context.pipeline.syncOperations
            let codec = HTTP1ToHTTPServerCodec(secure: false)
            let idle = HTTPConnectionStateHandler(idleTimeout: Self.idleTimeout, logger: logger)
            try pipeline.addHandlers([codec, idle])
            httpHandlers = [codec, idle]
            let channel = try HTTPChannel(
                wrappingChannelSynchronously: context.channel,
                configuration: .init(isOutboundHalfClosureEnabled: true)
            )
            http.succeed(channel)
        } catch {
            http.fail(error)
            context.close(promise: nil)
        }
    }

    // MARK: WebSocket

    private func upgradeBodyRead(
        _ context: ChannelHandlerContext,
        _ head: HTTPRequestHead,
        _ part: HTTPServerRequestPart
    ) {
        // A body has no meaning here. No browser or proxy upgrades before earlier answers are there.
        guard case .end = part else { return }
        guard requestsInFlight == 0 else { return context.close(promise: nil) }
        do throws(EngineRefusal) {
            try upgrade(context, head)
        } catch {
            refuse(context, error)
        }
    }

    private func upgrade(
        _ context: ChannelHandlerContext,
        _ head: HTTPRequestHead
    ) throws(EngineRefusal) {
        let remoteAddress = context.remoteAddress
        let channel = context.channel
        let endpoints = endpoints
        guard let headers = Self.upgradeHeaders(for: head, channel: channel) else {
            throw .badRequest
        }
        let verdict = LoopActor.assumeIsolated {
            endpoints.webSocketRequested(head, remoteAddress: remoteAddress, on: channel)
        }
        let webSocket = try verdict.get()
        let response = HTTPResponseHead(
            version: head.version,
            status: .switchingProtocols,
            headers: headers
        )
        context.write(Self.wrapOutboundOut(.head(response)), promise: nil)
        context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
        endHTTP(context)
        becomeWebSocket(context, webSocket)
    }

    /// Takes what can be taken out of the pipeline and ends the stream of requests.
    private func endHTTP(_ context: ChannelHandlerContext) {
        // First, as the WebSocket would take it for its own end.
        context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        let pipeline = context.pipeline.syncOperations
        for handler in httpHandlers { pipeline.removeHandler(handler, promise: nil) }
        http.succeed(nil)
        state = .upgraded
    }

    private func becomeWebSocket(_ context: ChannelHandlerContext, _ webSocket: WebSocketConnection)
    {
        let pipeline = context.pipeline.syncOperations
        let frames = WebSocketFrameDecoder(maxFrameSize: webSocket.messageBytesMax)
        do {
            try pipeline.addHandlers(
                [ByteToMessageHandler(frames), webSocket],
                position: .after(self)
            )
        } catch {
            return context.close(promise: nil)
        }
        pipeline.removeHandler(encoder, promise: nil)
        let staysForHTTP = !httpHandlers.isEmpty
        httpHandlers = []
        // Hands on what came after the request, through this handler, so this one goes last.
        pipeline.removeHandler(decoder).assumeIsolated().whenComplete { _ in
            if !staysForHTTP { pipeline.removeHandler(self, promise: nil) }
        }
        LoopActor.assumeIsolated { webSocket.opened() }
    }

    private func refuse(_ context: ChannelHandlerContext, _ refusal: EngineRefusal) {
        let body = ByteBuffer(string: refusal.body)
        end(context, status: refusal.status, type: "application/json", body)
    }

    /// Answers past whatever stands above, and closes.
    private func end(
        _ context: ChannelHandlerContext,
        status: Int,
        type: String,
        _ body: ByteBuffer
    ) {
        let head = HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: status),
            headers: [
                "Connection": "close", "Content-Type": type,
                "Content-Length": String(body.readableBytes),
            ]
        )
        context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
        context.write(Self.wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(Self.wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }

    /// The headers of the answer, or nil if the request is not a proper one (RFC 6455, section 4.2.1).
    private static func upgradeHeaders(
        for head: HTTPRequestHead,
        channel: any Channel
    ) -> HTTPHeaders? {
        let upgrader = NIOWebSocketServerUpgrader(
            shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
            upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() }
        )
        // Completes at once: nothing in it waits.
        var headers: HTTPHeaders?
        upgrader.buildUpgradeResponse(
            channel: channel,
            upgradeRequest: head,
            initialResponseHeaders: [:]
        ).assumeIsolated().whenSuccess { headers = $0 }
        return head.method == .GET ? headers : nil
    }
}

extension HTTPRequestHead {
    fileprivate var asksForWebSocket: Bool {
        headers[canonicalForm: "upgrade"].contains { $0.lowercased() == "websocket" }
            && headers[canonicalForm: "connection"].contains { $0.lowercased() == "upgrade" }
    }
}
