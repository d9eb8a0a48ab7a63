package import NIOCore

/// The header of a frame that a server sends: final, whole, not masked (RFC 6455, section 5.2).
package enum WebSocketFrameHeader {
    package static let lengthMax = 10

    package enum Opcode: UInt8 {
        case text = 0x1
        case binary = 0x2
        case close = 0x8
        case ping = 0x9
        case pong = 0xA
    }
}

extension ByteBuffer {
    /// Appends a frame header and returns its length.
    @discardableResult
    package mutating func writeWebSocketFrameHeader(
        _ opcode: WebSocketFrameHeader.Opcode,
        payloadLength: Int
    ) -> Int {
        let final: UInt8 = 0x80
        let written = writeInteger(final | opcode.rawValue)
        switch payloadLength {
        case ...125:
            return written + writeInteger(UInt8(payloadLength))
        case ...0xFFFF:
            return written + writeInteger(126 as UInt8) + writeInteger(UInt16(payloadLength))
        default:
            return written + writeInteger(127 as UInt8) + writeInteger(UInt64(payloadLength))
        }
    }
}
