package import NIOCore

extension ByteBuffer {
    /// Whether the readable bytes are well-formed UTF-8 (Unicode 16, table 3-7), found out without a copy.
    package var isValidUTF8: Bool {
        withUnsafeReadableBytes { bytes in
            var offset = 0
            while offset < bytes.count {
                if bytes[offset] < 0x80 {
                    offset = bytes.skippingASCII(from: offset)
                } else if let length = bytes.scalarLength(at: offset) {
                    offset += length
                } else {
                    return false
                }
            }
            return true
        }
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

    /// The length of the well-formed scalar at `offset`, which is beyond ASCII; nil if it is none.
    fileprivate func scalarLength(at offset: Int) -> Int? {
        let first = self[offset]
        let (length, second): (Int, ClosedRange<UInt8>) =
            switch first {
            case 0xC2...0xDF: (2, 0x80...0xBF)
            case 0xE0: (3, 0xA0...0xBF)
            case 0xED: (3, 0x80...0x9F)
            case 0xE1...0xEF: (3, 0x80...0xBF)
            case 0xF0: (4, 0x90...0xBF)
            case 0xF4: (4, 0x80...0x8F)
            case 0xF1...0xF3: (4, 0x80...0xBF)
            default: (0, 0x80...0xBF)
            }
        guard length > 0, offset + length <= count, second.contains(self[offset + 1]) else {
            return nil
        }
        for index in offset + 2..<offset + length where self[index] & 0xC0 != 0x80 { return nil }
        return length
    }
}
