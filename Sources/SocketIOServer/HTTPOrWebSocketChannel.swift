import EventLoopIsolation
package import HummingbirdCore
package import Logging
package import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// The channels of a server that speaks HTTP and WebSocket on one port.
///
/// Each begins as HTTP. Which it stays is decided at each request, not only at the first: a proxy that
/// keeps its connections open sends an upgrade on one that has served other requests before.
package struct HTTPOrWebSocketChannel: ServerChildChannel, HTTPChannelHandler {
    package struct Value: ServerChildChannelValue {
        package let channel: any Channel
        /// Nil when the first request already left HTTP, or none came: there is nothing to serve then.
        let http: EventLoopFuture<HTTPHandlers.Stream?>
    }

    package let responder: HTTPChannelHandler.Responder
    private let endpoints: UpgradeEndpoints
    private let limits: TransportLimits

    package static func serverBuilder(endpoint: SocketIOEndpoint) -> HTTPServerBuilder {
        serverBuilder(upgrades: [endpoint.upgrades], limits: endpoint.transport)
    }

    /// A request to upgrade goes to the first endpoint that serves its path.
    package static func serverBuilder(
        upgrades: [UpgradeRoute],
        limits: TransportLimits = TransportLimits()
    ) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            HTTPOrWebSocketChannel(
                responder: responder,
                endpoints: UpgradeEndpoints(endpoints: upgrades.map(\.endpoint)),
                limits: limits
            )
        }
    }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let upgrades = UpgradeHandler(
                endpoints: endpoints,
                limits: limits,
                channel: channel,
                logger: logger
            )
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandlers([upgrades.encoder, upgrades.decoder, upgrades])
            return Value(channel: channel, http: upgrades.http.stream.futureResult)
        }
    }

    package func handle(value: Value, logger: Logger) async {
        // A WebSocket needs no task: it is served by the handlers of its channel.
        guard let http = try? await value.http.get() else { return }
        await handleHTTP(asyncChannel: http, logger: logger)
    }
}
