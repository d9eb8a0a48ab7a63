package import NIOCore

/// Follows text that comes in pieces: whether what came so far can be the beginning of UTF-8.
///
/// (Unicode 16, table 3-7.) A piece may end within a scalar; the first byte that fits nothing is found at
/// once, however much of the message is still to come.
package struct UTF8Validator: Sendable {
    /// Bytes that the scalar under way still needs, and what the next of them may be.
    private var missing = 0
    private var next: ClosedRange<UInt8> = 0x80...0xBF

    package init() {}

    /// Whether the text may end here.
    package var isComplete: Bool { missing == 0 }

    /// False once the text cannot become valid any more.
    package mutating func accepts(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var offset = 0
        while offset < bytes.count {
            if missing == 0 {
                offset = bytes.skippingASCII(from: offset)
                guard offset < bytes.count else { return true }
                guard begin(bytes[offset]) else { return false }
            } else {
                guard next.contains(bytes[offset]) else { return false }
                missing -= 1
                next = 0x80...0xBF
            }
            offset += 1
        }
        return true
    }

    /// Takes the first byte of a scalar beyond ASCII.
    ///
    /// What may follow it leaves out overlong forms, surrogates, and what is beyond U+10FFFF.
    private mutating func begin(_ byte: UInt8) -> Bool {
        switch byte {
        case 0xC2...0xDF: (missing, next) = (1, 0x80...0xBF)
        case 0xE0: (missing, next) = (2, 0xA0...0xBF)
        case 0xED: (missing, next) = (2, 0x80...0x9F)
        case 0xE1...0xEF: (missing, next) = (2, 0x80...0xBF)
        case 0xF0: (missing, next) = (3, 0x90...0xBF)
        case 0xF1...0xF3: (missing, next) = (3, 0x80...0xBF)
        case 0xF4: (missing, next) = (3, 0x80...0x8F)
        default: return false
        }
        return true
    }
}

extension UnsafeRawBufferPointer {
    /// Where ASCII ends, eight bytes at a time: most text is nothing else.
    fileprivate func skippingASCII(from start: Int) -> Int {
        var offset = start
        while offset + 8 <= count,
            loadUnaligned(fromByteOffset: offset, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
            offset += 8
        }
        while offset < count, self[offset] < 0x80 { offset += 1 }
        return offset
    }
}

extension ByteBuffer {
    /// Whether the readable bytes are a whole text.
    package var isValidUTF8: Bool {
        var validator = UTF8Validator()
        return withUnsafeReadableBytes { validator.accepts($0) } && validator.isComplete
    }
}
