package import NIOCore

/// Base64 with padding (RFC 4648, section 4): how binary travels in a polling payload.
package enum Base64 {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )
    private static let padding = UInt8(ascii: "=")
    private static let notADigit: UInt8 = 0xFF
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: notADigit, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    package static func encode(_ bytes: ByteBufferView) -> ByteBuffer {
        let length = (bytes.count + 2) / 3 * 4
        var text = ByteBuffer()
        text.writeWithUnsafeMutableBytes(minimumWritableBytes: length) { text in
            bytes.withUnsafeBytes { encode($0, into: text) }
            return length
        }
        return text
    }

    private static func encode(
        _ bytes: UnsafeRawBufferPointer,
        into text: UnsafeMutableRawBufferPointer
    ) {
        var place = 0
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var group = UInt32(bytes[start]) << 16
            if count > 1 { group |= UInt32(bytes[start + 1]) << 8 }
            if count > 2 { group |= UInt32(bytes[start + 2]) }
            text[place] = digits[Int(group >> 18)]
            text[place + 1] = digits[Int(group >> 12 & 0x3F)]
            text[place + 2] = count > 1 ? digits[Int(group >> 6 & 0x3F)] : padding
            text[place + 3] = count > 2 ? digits[Int(group & 0x3F)] : padding
            place += 4
        }
    }

    /// The bytes, or nil for anything but whole groups of digits with padding at the end only.
    package static func decode(_ text: ByteBufferView) -> ByteBuffer? {
        guard text.count % 4 == 0 else { return nil }
        let paddings = text.suffix(2).count { $0 == padding }
        var bytes = ByteBuffer()
        var isWellFormed = true
        bytes.writeWithUnsafeMutableBytes(minimumWritableBytes: text.count / 4 * 3) { bytes in
            isWellFormed = text.withUnsafeBytes { decode($0, paddings: paddings, into: bytes) }
            return text.count / 4 * 3
        }
        guard isWellFormed else { return nil }
        bytes.moveWriterIndex(to: bytes.writerIndex - paddings)
        return bytes
    }

    private static func decode(
        _ text: UnsafeRawBufferPointer,
        paddings: Int,
        into bytes: UnsafeMutableRawBufferPointer
    ) -> Bool {
        let digitsEnd = text.count - paddings
        var place = 0
        for start in stride(from: 0, to: text.count, by: 4) {
            var group: UInt32 = 0
            for offset in start..<start + 4 {
                let isPadding = offset >= digitsEnd && text[offset] == padding
                let value = isPadding ? 0 : values[Int(text[offset])]
                guard value != notADigit else { return false }
                group = group << 6 | UInt32(value)
            }
            bytes[place] = UInt8(truncatingIfNeeded: group >> 16)
            bytes[place + 1] = UInt8(truncatingIfNeeded: group >> 8)
            bytes[place + 2] = UInt8(truncatingIfNeeded: group)
            place += 3
        }
        return true
    }
}
