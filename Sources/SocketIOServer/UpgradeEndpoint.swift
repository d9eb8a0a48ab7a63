import EventLoopIsolation
import NIOCore
import NIOHTTP1
import SocketIO

/// Something that takes in WebSockets at a path.
@LoopActor
protocol UpgradeEndpoint: AnyObject, Sendable {
    /// Whether a request with this target, path and query, is for this endpoint.
    nonisolated func serves(_ target: String) -> Bool

    /// Takes in a request to speak WebSocket, or says why not.
    func webSocketRequested(
        _ head: HTTPRequestHead,
        remoteAddress: SocketAddress?,
        on channel: any Channel
    ) -> Result<WebSocketConnection, EngineRefusal>

    /// Closes every connection and takes in no more.
    func stop()
}

/// One endpoint of a server, for `HTTPOrWebSocketChannel`.
package struct UpgradeRoute: Sendable {
    let endpoint: any UpgradeEndpoint
}

/// The endpoints of one server, each at its path.
struct UpgradeEndpoints: Sendable {
    let endpoints: [any UpgradeEndpoint]

    func serves(_ target: String) -> Bool { endpoints.contains { $0.serves(target) } }

    @LoopActor
    func webSocketRequested(
        _ head: HTTPRequestHead,
        remoteAddress: SocketAddress?,
        on channel: any Channel
    ) -> Result<WebSocketConnection, EngineRefusal> {
        guard let endpoint = endpoints.first(where: { $0.serves(head.uri) }) else {
            return .failure(.badRequest)
        }
        return endpoint.webSocketRequested(head, remoteAddress: remoteAddress, on: channel)
    }

    @LoopActor
    func stop() {
        for endpoint in endpoints { endpoint.stop() }
    }
}
