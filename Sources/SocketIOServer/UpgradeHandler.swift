import EventLoopIsolation
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import SocketIO

/// Watches the requests of one channel: refuses what is no proper one, or too slow, and takes those
/// that ask for a WebSocket at the path of an endpoint.
///
///     waiting ──first request──▶ serving ──▶ … ──upgrade──▶ upgraded
///        └──────────────────upgrade───────────────────────────▲
///     waiting, serving ──▶ refused
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
        /// An answer was sent that ends the connection; what still comes is dropped.
        case refused
    }

    let encoder = HTTPResponseEncoder()
    let decoder: ByteToMessageHandler<HTTPRequestDecoder>
    /// Fulfilled at the first request: with the channel's HTTP side, or nil.
    let http: EventLoopPromise<HTTPChannel?>
    private let endpoints: UpgradeEndpoints
    private let limits: TransportLimits
    private let logger: Logger
    private var state = State.waiting
    private var deadline: Scheduled<Void>?
    /// Above this one, once a request was served as HTTP.
    private var httpHandlers: [any RemovableChannelHandler] = []
    private var requests = RequestProgress()

    init(
        endpoints: UpgradeEndpoints,
        limits: TransportLimits,
        channel: any Channel,
        logger: Logger
    ) {
        self.endpoints = endpoints
        self.logger = logger
        self.limits = limits
        http = channel.eventLoop.makePromise()
        var bounds = NIOHTTPDecoderLimitConfiguration()
        bounds.maxHeaderFieldSize = limits.headerFieldBytesMax
        bounds.maxHeaderListSize = limits.headerBytesMax
        bounds.maxHeaderFieldCount = limits.headerFieldsMax
        decoder = ByteToMessageHandler(
            HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: bounds)
        )
    }

    func handlerAdded(context: ChannelHandlerContext) {
        expectWithin(seconds: limits.headTimeoutSeconds, context)
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .upgraded: context.fireChannelRead(data)
        case .refused: break
        case .upgrading(let head): upgradeBodyRead(context, head, Self.unwrapInboundIn(data))
        case .waiting, .serving:
            do throws(HTTPRefusal) {
                try partRead(context, Self.unwrapInboundIn(data))
            } catch {
                return refuse(context, error)
            }
            if case .serving = state { context.fireChannelRead(data) }
        }
    }

    private func partRead(
        _ context: ChannelHandlerContext,
        _ part: HTTPServerRequestPart
    ) throws(HTTPRefusal) {
        switch part {
        case .head(let head):
            deadline?.cancel()
            deadline = nil
            try RequestCheck.check(head, limits)
            headRead(context, head)
        case .body(let bytes): try requests.received(bodyBytes: bytes.readableBytes, limits)
        case .end:
            requests.ended()
            deadline?.cancel()
            deadline = nil
        }
    }

    private func headRead(_ context: ChannelHandlerContext, _ head: HTTPRequestHead) {
        requests.began()
        if WebSocketHandshake.isAsked(by: head), endpoints.serves(head.uri) {
            state = .upgrading(head)
            return
        }
        if case .waiting = state { startServing(context) }
        requests.toBeAnswered(closing: head.headers.contains(name: "upgrade"))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Most requests came whole, and need no timer.
        if requests.isReceiving, deadline == nil {
            expectWithin(seconds: limits.bodyTimeoutSeconds, context)
        }
        context.fireChannelReadComplete()
    }

    /// What is expected now has to be there in time.
    private func expectWithin(seconds: Int, _ context: ChannelHandlerContext) {
        let loop = context.eventLoop.assumeIsolated()
        deadline = loop.scheduleTask(in: .seconds(Int64(seconds))) { [self] in
            deadline = nil
            refuse(context, .timeout(limits))
        }
    }

    // MARK: Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch state {
        case .upgraded: context.write(data, promise: promise)
        case .refused: promise?.fail(ChannelError.ioOnClosedChannel)
        case .waiting, .serving, .upgrading: answer(context, data, promise)
        }
    }

    private func answer(
        _ context: ChannelHandlerContext,
        _ data: NIOAny,
        _ promise: EventLoopPromise<Void>?
    ) {
        context.write(data, promise: promise)
        var isEnd = false
        if case .end = Self.unwrapOutboundIn(data) { isEnd = true }
        if requests.answered(isEnd: isEnd) {
            context.flush()
            context.close(promise: nil)
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch state {
        // The end of the stream above: it has no say any more.
        case .upgraded where mode == .output, .refused: promise?.succeed()
        default: context.close(mode: mode, promise: promise)
        }
    }

    // MARK: Endings

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
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
        switch (state, error) {
        case (.waiting, let error as HTTPParserError), (.serving, let error as HTTPParserError),
            (.upgrading, let error as HTTPParserError):
            refuse(context, HTTPRefusal(error, limits))
        case (.waiting, _): context.close(promise: nil)
        default: context.fireErrorCaught(error)
        }
    }

    /// Answers if nothing else is being answered, and ends the connection.
    ///
    /// Only our half at first: were it closed with something unread, the peer would not see the answer.
    private func refuse(_ context: ChannelHandlerContext, _ refusal: HTTPRefusal) {
        let (head, body) = refusal.response()
        refuse(context, head, body)
    }

    private func refuse(
        _ context: ChannelHandlerContext,
        _ head: HTTPResponseHead,
        _ body: ByteBuffer
    ) {
        deadline?.cancel()
        state = .refused
        guard requests.mayBeRefused else { return context.close(promise: nil) }
        context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
        context.write(Self.wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
        context.close(mode: .output, promise: nil)
        let loop = context.eventLoop.assumeIsolated()
        deadline = loop.scheduleTask(in: .seconds(1)) { context.close(promise: nil) }
    }

    // MARK: HTTP

    private func startServing(_ context: ChannelHandlerContext) {
        state = .serving
        do {
            let pipeline = context.pipeline.syncOperations
            let codec = HTTP1ToHTTPServerCodec(secure: false)
            let idleTimeout = Duration.seconds(limits.idleTimeoutSeconds)
            let idle = HTTPConnectionStateHandler(idleTimeout: idleTimeout, logger: logger)
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
        guard requests.inFlight == 0 else { return context.close(promise: nil) }
        requests.ended()
        deadline?.cancel()
        do throws(HTTPRefusal) {
            try upgrade(context, head, WebSocketHandshake.accept(head, on: context.channel))
        } catch {
            refuse(context, error)
        }
    }

    private func upgrade(
        _ context: ChannelHandlerContext,
        _ head: HTTPRequestHead,
        _ headers: HTTPHeaders
    ) {
        let remoteAddress = context.remoteAddress
        let channel = context.channel
        let endpoints = endpoints
        let verdict = LoopActor.assumeIsolated {
            endpoints.webSocketRequested(head, remoteAddress: remoteAddress, on: channel)
        }
        switch verdict {
        case .success(let webSocket):
            let response = HTTPResponseHead(
                version: head.version,
                status: .switchingProtocols,
                headers: headers
            )
            context.write(Self.wrapOutboundOut(.head(response)), promise: nil)
            context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
            endHTTP(context)
            becomeWebSocket(context, webSocket)
        case .failure(let refusal):
            refuse(context, refusal.head, ByteBuffer(string: refusal.body))
        }
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
        do {
            try pipeline.addHandler(webSocket, position: .after(self))
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
}
