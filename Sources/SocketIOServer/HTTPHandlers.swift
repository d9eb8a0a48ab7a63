import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// What serves a channel's requests as HTTP: handlers above `UpgradeHandler`, and a stream of requests.
///
/// They come only with the first request that needs them, so that a WebSocket which was one from the
/// start carries none of their memory. The stream cannot be taken out of a pipeline again.
struct HTTPHandlers {
    typealias Stream = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    /// Fulfilled at the first request: with the stream, or nil where nothing is to be served.
    let stream: EventLoopPromise<Stream?>
    private var handlers: [any RemovableChannelHandler] = []

    init(on channel: any Channel) {
        stream = channel.eventLoop.makePromise()
    }

    mutating func add(
        to context: ChannelHandlerContext,
        idleTimeoutSeconds: Int,
        _ logger: Logger
    ) throws {
        let codec = HTTP1ToHTTPServerCodec(secure: false)
        let idleTimeout = Duration.seconds(idleTimeoutSeconds)
        let idle = HTTPConnectionStateHandler(idleTimeout: idleTimeout, logger: logger)
        try context.pipeline.syncOperations.addHandlers([codec, idle])
        handlers = [codec, idle]
        stream.succeed(
            try Stream(
                wrappingChannelSynchronously: context.channel,
                configuration: .init(isOutboundHalfClosureEnabled: true)
            )
        )
    }

    /// Takes out what can be taken out; true if the stream is left.
    mutating func remove(from context: ChannelHandlerContext) -> Bool {
        let pipeline = context.pipeline.syncOperations
        for handler in handlers { pipeline.removeHandler(handler, promise: nil) }
        stream.succeed(nil)
        defer { handlers = [] }
        return !handlers.isEmpty
    }
}
