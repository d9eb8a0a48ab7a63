import EventLoopIsolation
import NIOCore
import NIOHTTP1
import SocketIO

/// From a request to upgrade to a WebSocket, or to the answer that there is none.
extension UpgradeHandler {
    func upgrade(_ context: ChannelHandlerContext, _ head: HTTPRequestHead) throws(HTTPRefusal) {
        let headers = try WebSocketHandshake.accept(head, on: context.channel)
        let remoteAddress = context.remoteAddress
        let channel = context.channel
        let endpoints = endpoints
        let verdict = LoopActor.assumeIsolated {
            endpoints.webSocketRequested(head, remoteAddress: remoteAddress, on: channel)
        }
        switch verdict {
        case .success(let webSocket):
            switchProtocols(context, head.version, headers)
            becomeWebSocket(context, webSocket)
        case .failure(let refusal):
            refuse(context, refusal.head, ByteBuffer(string: refusal.body))
        }
    }

    private func switchProtocols(
        _ context: ChannelHandlerContext,
        _ version: HTTPVersion,
        _ headers: HTTPHeaders
    ) {
        let response = HTTPResponseHead(
            version: version,
            status: .switchingProtocols,
            headers: headers
        )
        context.write(Self.wrapOutboundOut(.head(response)), promise: nil)
        context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
    }

    private func becomeWebSocket(
        _ context: ChannelHandlerContext,
        _ webSocket: WebSocketConnection
    ) {
        // First, as the WebSocket would take it for its own end.
        context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        let isStreamLeft = http.remove(from: context)
        state.upgraded()
        let pipeline = context.pipeline.syncOperations
        do {
            try pipeline.addHandler(webSocket, position: .after(self))
        } catch {
            return context.close(promise: nil)
        }
        pipeline.removeHandler(encoder, promise: nil)
        // Hands on what came after the request, through this handler, so this one goes last.
        pipeline.removeHandler(decoder).assumeIsolated().whenComplete { _ in
            if !isStreamLeft { pipeline.removeHandler(self, promise: nil) }
        }
        LoopActor.assumeIsolated { webSocket.opened() }
    }
}
