package import Hummingbird
package import NIOCore

/// What a request brings along: who sent it, as far as the network tells.
package struct GatewayRequestContext: RemoteAddressRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let remoteAddress: SocketAddress?

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}
