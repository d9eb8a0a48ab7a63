extension JSONReader {
    /// What the next value begins as, by its first byte.
    package enum Kind {
        case object
        case array
        case string
        case number
        case bool
        case null
    }

    /// The kind of the next value, which stays unread.
    package mutating func nextKind() throws(JSONError) -> Kind {
        skipWhitespace()
        guard let byte = peek() else { throw .unexpected(at: offset) }
        switch byte {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        default: throw .unexpected(at: offset)
        }
    }

    package mutating func bool() throws(JSONError) -> Bool {
        skipWhitespace()
        if peek() == UInt8(ascii: "t") {
            try literal("true")
            return true
        }
        try literal("false")
        return false
    }

    package mutating func null() throws(JSONError) {
        skipWhitespace()
        try literal("null")
    }

    /// A whole number within `Int`; a fraction or an exponent is unexpected, even 1.0 or 1e3.
    package mutating func integer() throws(JSONError) -> Int {
        skipWhitespace()
        let start = offset
        let negative = peek() == UInt8(ascii: "-")
        if negative { advance() }
        let firstDigit = offset
        var value = 0
        while let byte = peek(), byte &- UInt8(ascii: "0") < 10 {
            let (tens, overflowed) = value.multipliedReportingOverflow(by: 10)
            let digit = Int(byte &- UInt8(ascii: "0"))
            let (sum, carried) =
                negative
                ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
            guard !overflowed, !carried else { throw .numberOutOfRange(at: start) }
            value = sum
            advance()
        }
        try checkDigits(from: firstDigit)
        if let byte = peek(), byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") {
            throw .unexpected(at: offset)
        }
        return value
    }

    /// Passes over any value, checking that it is well-formed, and says which bytes it took.
    package mutating func skipValue() throws(JSONError) -> Range<Int> {
        skipWhitespace()
        let start = offset
        switch try nextKind() {
        case .object:
            try beginObject()
            while try nextKey() != nil { _ = try skipValue() }
        case .array:
            try beginArray()
            while try nextElement() { _ = try skipValue() }
        case .string: try skipString()
        case .number: try skipNumber()
        case .bool: _ = try bool()
        case .null: try null()
        }
        return start..<offset
    }

    private mutating func literal(_ text: StaticString) throws(JSONError) {
        for index in 0..<text.utf8CodeUnitCount {
            guard peek() == text.utf8Start[index] else { throw .unexpected(at: offset) }
            advance()
        }
    }

    /// At least one digit, and no zero before others (RFC 8259, section 6).
    private func checkDigits(from firstDigit: Int) throws(JSONError) {
        guard offset > firstDigit else { throw .unexpected(at: offset) }
        guard bytes[firstDigit] != UInt8(ascii: "0") || offset == firstDigit + 1 else {
            throw .unexpected(at: firstDigit)
        }
    }

    private mutating func skipNumber() throws(JSONError) {
        if peek() == UInt8(ascii: "-") { advance() }
        let firstDigit = offset
        skipDigits()
        try checkDigits(from: firstDigit)
        if peek() == UInt8(ascii: ".") {
            advance()
            try requireDigits()
        }
        if let byte = peek(), byte | 0x20 == UInt8(ascii: "e") {
            advance()
            if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                advance()
            }
            try requireDigits()
        }
    }

    private mutating func requireDigits() throws(JSONError) {
        let start = offset
        skipDigits()
        guard offset > start else { throw .unexpected(at: offset) }
    }

    private mutating func skipDigits() {
        while let byte = peek(), byte &- UInt8(ascii: "0") < 10 { advance() }
    }
}
