import NIOCore
import NIOWebSocket
import SocketIO

/// Puts frames together to messages and keeps the peer to RFC 6455.
struct WebSocketAssembler {
    enum Action: Equatable {
        case text(ByteBuffer)
        case binary(ByteBuffer)
        /// A ping to be answered with the same data.
        case pong(ByteBuffer)
        /// The peer closed, with the payload of its frame, which a close in answer repeats.
        case closed(ByteBuffer)
        case fail(WebSocketErrorCode)
        case nothing
    }

    let messageBytesMax: Int
    private var fragments: (opcode: WebSocketOpcode, bytes: ByteBuffer)?

    init(messageBytesMax: Int) {
        self.messageBytesMax = messageBytesMax
    }

    mutating func received(_ frame: WebSocketFrame) -> Action {
        // Section 5.1: a client masks every frame. No extension was agreed on that uses reserved bits.
        guard frame.maskKey != nil, !frame.rsv1, !frame.rsv2, !frame.rsv3 else {
            return .fail(.protocolError)
        }
        let data = frame.unmaskedData
        switch frame.opcode {
        case .text, .binary: return begin(frame, data)
        case .continuation: return proceed(frame, data)
        case .ping: return .pong(data)
        case .pong: return .nothing
        case .connectionClose: return Self.close(data)
        default: return .fail(.protocolError)
        }
    }

    private mutating func begin(_ frame: WebSocketFrame, _ data: ByteBuffer) -> Action {
        guard fragments == nil else { return .fail(.protocolError) }
        if frame.fin { return complete(frame.opcode, data) }
        fragments = (frame.opcode, data)
        return .nothing
    }

    private mutating func proceed(_ frame: WebSocketFrame, _ data: ByteBuffer) -> Action {
        guard let opcode = fragments?.opcode, var bytes = fragments?.bytes else {
            return .fail(.protocolError)
        }
        guard bytes.readableBytes + data.readableBytes <= messageBytesMax else {
            return .fail(.messageTooLarge)
        }
        // Given up before it is appended to, or the bytes so far would be copied for each fragment.
        fragments = nil
        bytes.writeImmutableBuffer(data)
        if frame.fin { return complete(opcode, bytes) }
        fragments = (opcode, bytes)
        return .nothing
    }

    private func complete(_ opcode: WebSocketOpcode, _ data: ByteBuffer) -> Action {
        guard data.readableBytes <= messageBytesMax else { return .fail(.messageTooLarge) }
        guard opcode == .text else { return .binary(data) }
        return data.isValidUTF8 ? .text(data) : .fail(.dataInconsistentWithMessage)
    }

    /// Section 5.5.1 and 7.4: nothing, or a code that may be sent and a reason in UTF-8.
    private static func close(_ data: ByteBuffer) -> Action {
        var rest = data
        guard rest.readableBytes > 0 else { return .closed(data) }
        guard let code = rest.readInteger(as: UInt16.self),
            (1000...1003).contains(code) || (1007...1014).contains(code)
                || (3000...4999).contains(code)
        else { return .fail(.protocolError) }
        return rest.isValidUTF8 ? .closed(data) : .fail(.dataInconsistentWithMessage)
    }
}
