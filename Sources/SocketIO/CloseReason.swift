/// Why a connection ended; the raw value is for logs and metrics.
package enum CloseReason: String, CaseIterable, Sendable {
    case peerClosed = "peer_closed"
    case peerDisconnected = "peer_disconnected"
    case transportFailed = "transport_failed"
    case pingTimeout = "ping_timeout"
    case connectTimeout = "connect_timeout"
    /// The peer broke Engine.IO, Socket.IO or WebSocket.
    case malformed
    case tooLarge = "too_large"
    /// The peer did not take what was sent.
    case tooSlow = "too_slow"
    /// The application sent the peer away, for good.
    case disconnected
    /// The application closed it; the peer may come back.
    case closed
    case serverStopped = "server_stopped"
}
