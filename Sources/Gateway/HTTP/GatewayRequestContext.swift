package import Hummingbird
package import NIOCore
import SocketIOServer

/// What a request brings along: who sent it, as far as the network tells.
package struct GatewayRequestContext: EngineRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    package var remoteAddress: SocketAddress? { channel.remoteAddress }
}
