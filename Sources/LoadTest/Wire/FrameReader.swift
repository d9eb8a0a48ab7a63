import NIOCore

/// Cuts what a server sends into WebSocket frames (RFC 6455, section 5.2).
///
/// Holds bytes only while a frame is incomplete: most reads bring whole ones, and every simulated
/// person has a reader of their own.
struct FrameReader {
    enum Frame: Equatable {
        case text(ByteBuffer)
        case ping(ByteBuffer)
        case close
        case ignored
    }

    /// Why this is no server that speaks WebSocket as it should.
    enum Malformed: Error {
        case masked
        case unknown
        case tooLong
    }

    /// A welcome with the largest document, each unit escaped, fits twice.
    private static let lengthMax = 16 << 20

    private var rest: ByteBuffer?
    /// What came of a message in parts.
    private var parts: ByteBuffer?

    mutating func feed(_ bytes: ByteBuffer) {
        if rest == nil {
            rest = bytes
        } else {
            rest?.writeImmutableBuffer(bytes)
        }
    }

    /// The next whole frame, nil when more has to come.
    mutating func next() throws(Malformed) -> Frame? {
        guard var bytes = rest else { return nil }
        guard let (opcode, isFinal, length) = try Self.header(&bytes),
            let payload = bytes.readSlice(length: length)
        else { return nil }
        rest = bytes.readableBytes > 0 ? bytes : nil
        return try frame(opcode, isFinal: isFinal, payload)
    }

    private mutating func frame(
        _ opcode: UInt8,
        isFinal: Bool,
        _ payload: ByteBuffer
    ) throws(Malformed) -> Frame {
        switch opcode {
        case 0x1 where isFinal: return .text(payload)
        case 0x0, 0x1:
            var whole = parts ?? ByteBuffer()
            guard whole.readableBytes + payload.readableBytes <= Self.lengthMax else {
                throw .tooLong
            }
            whole.writeImmutableBuffer(payload)
            parts = isFinal ? nil : whole
            return isFinal ? .text(whole) : .ignored
        case 0x8: return .close
        case 0x9: return .ping(payload)
        case 0x2, 0xA: return .ignored
        default: throw .unknown
        }
    }

    private static func header(
        _ bytes: inout ByteBuffer
    ) throws(Malformed) -> (opcode: UInt8, isFinal: Bool, length: Int)? {
        guard let first = bytes.readInteger(as: UInt8.self),
            let second = bytes.readInteger(as: UInt8.self)
        else { return nil }
        guard first & 0x70 == 0 else { throw .unknown }
        guard second & 0x80 == 0 else { throw .masked }
        var length = UInt64(second)
        if second == 126 {
            guard let long = bytes.readInteger(as: UInt16.self) else { return nil }
            length = UInt64(long)
        } else if second == 127 {
            guard let long = bytes.readInteger(as: UInt64.self) else { return nil }
            length = long
        }
        guard length <= lengthMax else { throw .tooLong }
        return (first & 0x0F, first & 0x80 != 0, Int(length))
    }
}
