import NIOCore

/// WebSocket frames as a client sends them: final and masked (RFC 6455, section 5.3).
enum ClientFrame {
    enum Opcode: UInt8 {
        case text = 0x1
        case close = 0x8
        case pong = 0xA
    }

    /// The mask keeps proxies from reading what a page made; any key does where there is no page.
    static func append(
        _ opcode: Opcode,
        _ payload: ByteBuffer,
        mask: UInt32,
        to frames: inout ByteBuffer
    ) {
        let length = payload.readableBytes
        frames.writeInteger(0x80 | opcode.rawValue)
        switch length {
        case ...125: frames.writeInteger(0x80 | UInt8(length))
        case ...0xFFFF:
            frames.writeInteger(0x80 | 126 as UInt8)
            frames.writeInteger(UInt16(length))
        default:
            frames.writeInteger(0x80 | 127 as UInt8)
            frames.writeInteger(UInt64(length))
        }
        frames.writeInteger(mask)
        let start = frames.readableBytes
        frames.writeImmutableBuffer(payload)
        frames.withUnsafeMutableReadableBytes { bytes in
            withUnsafeBytes(of: mask.bigEndian) { key in
                for index in start..<bytes.count { bytes[index] ^= key[(index - start) & 3] }
            }
        }
    }
}
