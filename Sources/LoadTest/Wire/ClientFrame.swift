import NIOCore

/// WebSocket frames as a client sends them: final and masked (RFC 6455, section 5.3).
enum ClientFrame {
    enum Opcode: UInt8 {
        case text = 0x1
        case close = 0x8
        case pong = 0xA
    }

    /// The mask keeps proxies from reading what a page made; any key does where there is no page.
    static func make(_ opcode: Opcode, _ payload: ByteBuffer, mask: UInt32) -> ByteBuffer {
        var frame = ByteBuffer()
        let length = payload.readableBytes
        frame.reserveCapacity(length + 14)
        frame.writeInteger(0x80 | opcode.rawValue)
        switch length {
        case ...125: frame.writeInteger(0x80 | UInt8(length))
        case ...0xFFFF:
            frame.writeInteger(0x80 | 126 as UInt8)
            frame.writeInteger(UInt16(length))
        default:
            frame.writeInteger(0x80 | 127 as UInt8)
            frame.writeInteger(UInt64(length))
        }
        frame.writeInteger(mask)
        let start = frame.readableBytes
        frame.writeImmutableBuffer(payload)
        frame.withUnsafeMutableReadableBytes { bytes in
            let key = mask.bigEndian
            withUnsafeBytes(of: key) { key in
                for index in start..<bytes.count { bytes[index] ^= key[(index - start) & 3] }
            }
        }
        return frame
    }
}
