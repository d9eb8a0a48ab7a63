package import NIOCore

/// What became of an event that the peer was to acknowledge.
package enum SocketAnswer: Equatable, Sendable {
    /// `arguments` are values with commas between them, as in `SocketEvent`.
    case answered(arguments: ByteBuffer, attachments: [ByteBuffer])
    case timedOut
    /// The connection ended first.
    case disconnected
    /// The event was not sent: the connection had ended, or too many answers were outstanding.
    case notSent
}
