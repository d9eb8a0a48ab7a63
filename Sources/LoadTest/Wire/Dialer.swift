import EventLoopIsolation
import NIOCore
import NIOPosix
import TLS

/// Opens connections to the deployment: each address is looked up once, whatever the number of people.
@LoopActor
final class Dialer {
    struct Target {
        let url: TargetURL
        let address: SocketAddress
    }

    let targets: [Target]
    private let tls: TLSClientContext?
    private let bootstrap: ClientBootstrap

    static let connectTimeout = TimeAmount.seconds(10)

    init(_ urls: [TargetURL], caFile: String?) throws(RunFailure) {
        var targets: [Target] = []
        for url in urls {
            do {
                let address = try SocketAddress.makeAddressResolvingHost(url.host, port: url.port)
                targets.append(Target(url: url, address: address))
            } catch {
                throw .unknownHost(url)
            }
        }
        self.targets = targets
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
    func target(_ turn: Int) -> Target { targets[turn % targets.count] }

    /// The handlers stand above TLS, where the target speaks it.
    func connect(
        to target: Target,
        _ handlers: @escaping @Sendable () -> [any ChannelHandler]
    ) -> EventLoopFuture<any Channel> {
        let tls = target.url.isTLS ? tls : nil
        let host = target.url.host
        return
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
            .connect(to: target.address)
    }
}
