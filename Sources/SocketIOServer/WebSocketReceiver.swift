import EventLoopIsolation
import SocketIO

/// What stands on a WebSocket and is told of all that happens to it, in the order of the wire.
@LoopActor
protocol WebSocketReceiver: AnyObject {
    func webSocketOpened(_ webSocket: WebSocketConnection)
    func webSocketReceived(_ message: EngineMessage, from webSocket: WebSocketConnection)
    /// The last call; not made where the receiver itself closed the WebSocket.
    func webSocketClosed(_ webSocket: WebSocketConnection, because reason: CloseReason)
    /// The server stops: the receiver is to close its WebSocket.
    func close(because reason: CloseReason)
}
