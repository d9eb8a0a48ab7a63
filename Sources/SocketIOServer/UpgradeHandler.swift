import EventLoopIsolation
import Logging
import NIOCore
import NIOHTTP1

/// Watches the requests of one channel: refuses what is no proper one, or too slow, and takes those
/// that ask for a WebSocket at the path of an endpoint.
///
/// `UpgradeState` decides. After an upgrade that was not the first request the stream of requests is
/// left in the pipeline, and this handler stays to keep it from the channel.
final class UpgradeHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    let encoder = HTTPResponseEncoder()
    let decoder: ByteToMessageHandler<HTTPRequestDecoder>
    let endpoints: UpgradeEndpoints
    var http: HTTPHandlers
    var state = UpgradeState()
    private let limits: TransportLimits
    private let logger: Logger
    private var deadline: Scheduled<Void>?

    init(
        endpoints: UpgradeEndpoints,
        limits: TransportLimits,
        channel: any Channel,
        logger: Logger
    ) {
        self.endpoints = endpoints
        self.logger = logger
        self.limits = limits
        http = HTTPHandlers(on: channel)
        var bounds = NIOHTTPDecoderLimitConfiguration()
        bounds.maxHeaderFieldSize = limits.headerFieldBytesMax
        bounds.maxHeaderListSize = limits.headerBytesMax
        bounds.maxHeaderFieldCount = limits.headerFieldsMax
        decoder = ByteToMessageHandler(
            HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: bounds)
        )
    }

    // MARK: Requests

    func handlerAdded(context: ChannelHandlerContext) {
        expectWithin(seconds: limits.headTimeoutSeconds, context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What is read then is no part of a request.
        guard !state.isUpgraded else { return context.fireChannelRead(data) }
        guard !state.isRefused else { return }
        do throws(HTTPRefusal) {
            try partRead(context, data)
        } catch {
            refuse(context, error)
        }
    }

    private func partRead(
        _ context: ChannelHandlerContext,
        _ data: NIOAny
    ) throws(HTTPRefusal) {
        let part = Self.unwrapInboundIn(data)
        if !part.isBody { stopExpecting() }
        let action = try state.received(part, limits) { head in
            WebSocketHandshake.isAsked(by: head) && endpoints.serves(head.uri)
        }
        switch action {
        case .beginServing:
            beginServing(context)
            context.fireChannelRead(data)
        case .serve: context.fireChannelRead(data)
        case .upgrade(let head): try upgrade(context, head)
        case .close: context.close(promise: nil)
        case .drop: break
        }
    }

    private func beginServing(_ context: ChannelHandlerContext) {
        do {
            try http.add(to: context, idleTimeoutSeconds: limits.idleTimeoutSeconds, logger)
        } catch {
            http.stream.fail(error)
            context.close(promise: nil)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Most requests came whole, and need no timer.
        if state.isReceiving, deadline == nil {
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

    private func stopExpecting() {
        deadline?.cancel()
        deadline = nil
    }

    // MARK: Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !state.isRefused else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        context.write(data, promise: promise)
        guard !state.isUpgraded, state.answered(Self.unwrapOutboundIn(data)) else { return }
        context.flush()
        context.close(promise: nil)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        // The end of the stream above: it has no say any more.
        if state.isRefused || state.isUpgraded && mode == .output {
            promise?.succeed()
        } else {
            context.close(mode: mode, promise: promise)
        }
    }

    // MARK: Endings

    func channelInactive(context: ChannelHandlerContext) {
        stopExpecting()
        http.stream.succeed(nil)
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            // Or polls in flight would hold up the server's end until their next heartbeat.
            LoopActor.assumeIsolated { [endpoints] in endpoints.stop() }
            if state.isWaiting { context.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? HTTPParserError, !state.isUpgraded, !state.isRefused {
            refuse(context, HTTPRefusal(error, limits))
        } else if state.isWaiting {
            context.close(promise: nil)
        } else {
            context.fireErrorCaught(error)
        }
    }

    private func refuse(_ context: ChannelHandlerContext, _ refusal: HTTPRefusal) {
        let (head, body) = refusal.response()
        refuse(context, head, body)
    }

    /// Answers if nothing else is being answered, and ends the connection.
    ///
    /// Only our half at first: were it closed with something unread, the peer would not see the answer.
    func refuse(_ context: ChannelHandlerContext, _ head: HTTPResponseHead, _ body: ByteBuffer) {
        stopExpecting()
        guard state.refuse() else { return context.close(promise: nil) }
        context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
        context.write(Self.wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
        context.close(mode: .output, promise: nil)
        let loop = context.eventLoop.assumeIsolated()
        deadline = loop.scheduleTask(in: .seconds(1)) { context.close(promise: nil) }
    }
}

extension HTTPServerRequestPart {
    fileprivate var isBody: Bool { if case .body = self { true } else { false } }
}
