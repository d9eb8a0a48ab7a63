package import NIOCore

/// Base64 with padding (RFC 4648, section 4): how binary travels in a polling payload.
package enum Base64 {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )
    private static let notADigit: UInt8 = 0xFF
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: notADigit, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    package static func encode(_ bytes: ByteBufferView) -> ByteBuffer {
        var text = ByteBuffer()
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var rest = bytes[...]
        while let first = rest.popFirst() {
            let second = rest.popFirst()
            let third = rest.popFirst()
            let group = UInt32(first) << 16 | UInt32(second ?? 0) << 8 | UInt32(third ?? 0)
            text.writeInteger(digit(group >> 18))
            text.writeInteger(digit(group >> 12))
            text.writeInteger(second == nil ? UInt8(ascii: "=") : digit(group >> 6))
            text.writeInteger(third == nil ? UInt8(ascii: "=") : digit(group))
        }
        return text
    }

    /// The bytes, or nil for anything but whole groups of digits with padding at the end only.
    package static func decode(_ text: ByteBufferView) -> ByteBuffer? {
        guard text.count % 4 == 0 else { return nil }
        let padding = text.suffix(2).count { $0 == UInt8(ascii: "=") }
        var bytes = ByteBuffer()
        bytes.reserveCapacity(text.count / 4 * 3)
        var group: UInt32 = 0
        for (offset, digit) in text.enumerated() {
            let isPadding = offset >= text.count - padding && digit == UInt8(ascii: "=")
            let value = isPadding ? 0 : values[Int(digit)]
            guard value != notADigit else { return nil }
            group = group << 6 | UInt32(value)
            if offset % 4 == 3 {
                bytes.writeMultipleIntegers(
                    UInt8(truncatingIfNeeded: group >> 16),
                    UInt8(truncatingIfNeeded: group >> 8),
                    UInt8(truncatingIfNeeded: group)
                )
            }
        }
        bytes.moveWriterIndex(to: bytes.writerIndex - padding)
        return bytes
    }

    private static func digit(_ bits: UInt32) -> UInt8 { digits[Int(bits & 0x3F)] }
}
