package import EventLoopIsolation
import NIOCore
import NIOPosix
import TLS

/// Opens connections to the deployment: each address is looked up once, whatever the number of people.
@LoopActor
package final class Dialer {
    package struct Target {
        let url: TargetURL
        /// Found with the first connection: a name has several, and not each of them answers.
        var address: SocketAddress?
    }

    private(set) var targets: [Target]
    private let tls: TLSClientContext?
    private let bootstrap: ClientBootstrap
    private let frames = FrameSender()

    static let connectTimeout = TimeAmount.seconds(10)

    package init(_ urls: [TargetURL], caFile: String?) throws(RunFailure) {
        targets = urls.map { Target(url: $0) }
        do {
            tls = try urls.contains { $0.isTLS } ? TLSClientContext(caFile: caFile) : nil
        } catch {
            throw .unusableAuthorities("\(error)")
        }
        bootstrap = ClientBootstrap(group: LoopActor.eventLoop)
            .connectTimeout(Self.connectTimeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            // The pool behind a channel keeps its last buffer: with the standard sizes that alone
            // would be more than a person may cost.
            .channelOption(
                .recvAllocator,
                value: FixedSizeRecvByteBufferAllocator(capacity: 2_048)
            )
    }

    /// Targets take turns.
    package func target(_ turn: Int) -> Target { targets[turn % targets.count] }

    /// A WebSocket that is about to open; its delegate is told if it does not.
    package func openWebSocket(
        to target: Target,
        delegate: any TransportDelegate
    ) -> WebSocketTransport {
        let transport = WebSocketTransport(
            host: target.url.authority,
            isTLS: target.url.isTLS,
            delegate: delegate,
            frames: frames
        )
        connect(to: target) { [transport] }.assumeIsolated().whenFailure { error in
            LoopActor.assumeIsolated { transport.closed(connectionReason(error)) }
        }
        return transport
    }

    /// The handlers stand above TLS, where the target speaks it.
    func connect(
        to target: Target,
        _ handlers: @escaping @Sendable () -> [any ChannelHandler]
    ) -> EventLoopFuture<any Channel> {
        let tls = target.url.isTLS ? tls : nil
        let host = target.url.host
        let bootstrap =
            bootstrap
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls {
                        try pipeline.addHandler(TLSClientHandler(context: tls, host: host))
                    }
                    try pipeline.addHandlers(handlers())
                }
            }
        guard let address = target.address else {
            return bootstrap.connect(host: host, port: target.url.port)
        }
        return bootstrap.connect(to: address)
    }

    /// Everybody else goes where this connection went.
    func found(_ address: SocketAddress?, ofTarget index: Int) { targets[index].address = address }
}
