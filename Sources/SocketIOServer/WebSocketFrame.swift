import NIOCore

/// The header of a frame as a client sends it (RFC 6455, section 5.2).
struct WebSocketFrame: Equatable {
    enum Opcode: UInt8 {
        case continuation = 0x0
        case text = 0x1
        case binary = 0x2
        case close = 0x8
        case ping = 0x9
        case pong = 0xA

        var isControl: Bool { rawValue & 0x8 != 0 }
    }

    let opcode: Opcode
    let isFinal: Bool
    let length: Int
    /// The four bytes of the mask, in the order of the wire.
    let mask: UInt32

    /// Reads a header that is there whole, and nothing otherwise.
    ///
    /// What is wrong with its first bytes is said without waiting for the others.
    init?(readingFrom buffer: inout ByteBuffer) throws(WebSocketFailure) {
        var rest = buffer
        guard let first = rest.readInteger(as: UInt8.self) else { return nil }
        (opcode, isFinal) = try Self.opcode(first)
        guard let second = rest.readInteger(as: UInt8.self) else { return nil }
        guard second & 0x80 != 0 else { throw .notMasked }
        guard !opcode.isControl || second & 0x7F <= 125 else { throw .longControl }
        guard let length = try Self.length(Int(second & 0x7F), &rest) else { return nil }
        guard let mask = rest.readInteger(as: UInt32.self) else { return nil }
        self.length = length
        self.mask = mask
        buffer = rest
    }

    private static func opcode(_ byte: UInt8) throws(WebSocketFailure) -> (Opcode, isFinal: Bool) {
        guard byte & 0x70 == 0 else { throw .reservedBits }
        guard let opcode = Opcode(rawValue: byte & 0x0F) else { throw .reservedOpcode }
        let isFinal = byte & 0x80 != 0
        guard isFinal || !opcode.isControl else { throw .fragmentedControl }
        return (opcode, isFinal)
    }

    private static func length(
        _ short: Int,
        _ rest: inout ByteBuffer
    ) throws(WebSocketFailure) -> Int? {
        switch short {
        case 126:
            guard let length = rest.readInteger(as: UInt16.self) else { return nil }
            guard length > 125 else { throw .lengthNotMinimal }
            return Int(length)
        case 127:
            guard let length = rest.readInteger(as: UInt64.self) else { return nil }
            guard length > 0xFFFF else { throw .lengthNotMinimal }
            guard let length = Int(exactly: length) else { throw .lengthTooGreat }
            return length
        default: return short
        }
    }
}

extension ByteBuffer {
    /// Takes the mask off the readable bytes, which begin at `offset` of their frame's payload.
    mutating func unmask(with mask: UInt32, from offset: Int) {
        // Turned so that its first byte meets the first byte, then twice side by side.
        let turned = mask << (UInt32(offset % 4) * 8) | mask >> ((32 - UInt32(offset % 4) * 8) % 32)
        let wide = (UInt64(turned) << 32 | UInt64(turned)).bigEndian
        withUnsafeMutableReadableBytes { bytes in
            var index = 0
            while index + 8 <= bytes.count {
                let masked = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                bytes.storeBytes(of: masked ^ wide, toByteOffset: index, as: UInt64.self)
                index += 8
            }
            withUnsafeBytes(of: wide) { mask in
                while index < bytes.count {
                    bytes[index] ^= mask[index % 8]
                    index += 1
                }
            }
        }
    }
}
