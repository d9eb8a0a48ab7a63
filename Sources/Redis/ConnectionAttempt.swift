import EventLoopIsolation
import NIOCore
import NIOPosix
import TLS

/// One try to reach Redis, from looking up its name to an open socket.
@LoopActor
struct ConnectionAttempt {
    let settings: RedisSettings

    /// Calls `completion` once, on the loop and not before this returns.
    func start(_ completion: @escaping @LoopActor (Result<RedisConnection, RedisError>) -> Void) {
        let settings = settings
        let bootstrap = ClientBootstrap(group: LoopActor.eventLoop)
            .connectTimeout(settings.connectTimeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let connection = LoopActor.assumeIsolated {
                        RedisConnection(channel: channel, settings: settings)
                    }
                    let pipeline = channel.pipeline.syncOperations
                    if settings.url.isTLS {
                        // Read anew for each connection, so that authorities can be exchanged.
                        let context = try TLSClientContext(caFile: settings.caFile)
                        try pipeline.addHandler(
                            TLSClientHandler(context: context, host: settings.url.host)
                        )
                    }
                    try pipeline.addHandler(RedisChannelHandler(connection: connection))
                }
            }
        bootstrap.connect(host: settings.url.host, port: settings.url.port).whenComplete { result in
            LoopActor.assumeIsolated { completion(Self.connection(of: result)) }
        }
    }

    private static func connection(
        of result: Result<any Channel, any Error>
    ) -> Result<RedisConnection, RedisError> {
        switch result {
        case .success(let channel):
            do {
                let handler = try channel.pipeline.syncOperations.handler(
                    type: RedisChannelHandler.self
                )
                return .success(handler.connection)
            } catch {
                // Closed again before we came to look.
                return .failure(.connectionFailed("closed while connecting"))
            }
        case .failure(let error):
            return .failure(.connectionFailed(String(describing: error)))
        }
    }
}
