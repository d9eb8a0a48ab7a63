package import NIOCore

/// A command and its arguments, as an array literal: `["SET", .string(key), .buffer(value), "EX", 60]`.
package struct RedisCommand: ExpressibleByArrayLiteral, Hashable, Sendable {
    package var arguments: [RedisArgument]

    package init(arrayLiteral arguments: RedisArgument...) {
        self.arguments = arguments
    }

    package init(_ arguments: [RedisArgument]) {
        self.arguments = arguments
    }
}

package enum RedisArgument: Hashable, Sendable {
    case string(String)
    case integer(Int)
    case buffer(ByteBuffer)
    case bytes([UInt8])
}

extension RedisArgument: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
}

// MARK: - Encoding

extension ByteBuffer {
    /// Appends the command as Redis reads it: an array of bulk strings.
    mutating func write(_ command: RedisCommand) {
        writeHeader(UInt8(ascii: "*"), command.arguments.count)
        for argument in command.arguments {
            switch argument {
            case .string(let string):
                writeHeader(UInt8(ascii: "$"), string.utf8.count)
                writeString(string)
            case .integer(let integer):
                writeHeader(UInt8(ascii: "$"), decimalLength(integer))
                writeDecimal(integer)
            case .buffer(let buffer):
                writeHeader(UInt8(ascii: "$"), buffer.readableBytes)
                writeImmutableBuffer(buffer)
            case .bytes(let bytes):
                writeHeader(UInt8(ascii: "$"), bytes.count)
                writeBytes(bytes)
            }
            writeLineEnd()
        }
    }

    private mutating func writeHeader(_ sigil: UInt8, _ count: Int) {
        writeInteger(sigil)
        writeDecimal(count)
        writeLineEnd()
    }

    private mutating func writeLineEnd() {
        writeInteger(UInt16(0x0D0A))
    }

    /// Digits straight into the buffer: a `String` for each length would cost more than the rest.
    private mutating func writeDecimal(_ integer: Int) {
        let length = decimalLength(integer)
        writeWithUnsafeMutableBytes(minimumWritableBytes: length) { bytes in
            var rest = integer.magnitude
            for index in stride(from: length - 1, through: integer < 0 ? 1 : 0, by: -1) {
                bytes[index] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
            if integer < 0 { bytes[0] = UInt8(ascii: "-") }
            return length
        }
    }
}

/// Digits and sign of `integer` in decimal.
private func decimalLength(_ integer: Int) -> Int {
    var length = integer < 0 ? 2 : 1
    var rest = integer.magnitude / 10
    while rest > 0 {
        length += 1
        rest /= 10
    }
    return length
}
