import SocketIO

/// How a close frame says why (RFC 6455, section 7.4.1).
extension CloseReason {
    var webSocketCode: UInt16 {
        switch self {
        case .serverStopped: 1001
        case .malformed: 1002
        case .tooLarge: 1009
        case .tooSlow: 1008
        default: 1000
        }
    }

    /// What was expected, in at most 123 bytes; empty where the peer itself was the reason.
    var sentence: String {
        switch self {
        case .peerClosed, .peerDisconnected, .transportFailed: ""
        case .pingTimeout: "A ping must be answered in time."
        case .connectTimeout: "A namespace must be connected to in time."
        case .malformed:
            "A message must be a packet of Engine.IO and Socket.IO that fits the connection's state."
        case .tooLarge: "The message is too large."
        case .tooSlow: "What is sent must be read: too much was waiting."
        case .closed: "The connection was closed by the application."
        case .disconnected: "The application sent this connection away."
        case .serverStopped: "The server stops: connect again."
        }
    }
}
