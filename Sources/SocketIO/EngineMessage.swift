package import NIOCore

/// What one message of Engine.IO carries, or one of a plain WebSocket: UTF-8 text or bytes.
package enum EngineMessage: Equatable, Sendable {
    case text(ByteBuffer)
    case binary(ByteBuffer)
}
