import EventLoopIsolation
import NIOCore

/// Hands what happens on a channel to its `RedisConnection`, which decides.
final class RedisChannelHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    let connection: RedisConnection

    init(connection: RedisConnection) {
        self.connection = connection
    }

    func channelActive(context: ChannelHandlerContext) {
        LoopActor.assumeIsolated { [connection] in connection.becameActive() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        LoopActor.assumeIsolated { [connection] in connection.received(bytes) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        LoopActor.assumeIsolated { [connection] in connection.becameInactive() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let reason = RedisError.connectionFailed(String(describing: error))
        LoopActor.assumeIsolated { [connection] in connection.close(because: reason) }
    }
}
