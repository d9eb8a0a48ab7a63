extension JSONReader {
    /// A string as text.
    ///
    /// A lone surrogate, which no text holds, is a bad escape.
    package mutating func string() throws(JSONError) -> String {
        try openString()
        let start = offset
        // Most strings have no escape: find the end, then take the bytes in one piece.
        while let byte = peek(), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
            guard byte >= 0x20 else { throw .unexpected(at: offset) }
            advance()
        }
        if peek() == UInt8(ascii: "\"") {
            let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
            guard let text = String(validating: piece, as: UTF8.self) else {
                throw .badUTF8(at: start)
            }
            advance()
            return text
        }
        offset = start
        let units = try unitsToClosingQuote()
        guard let text = String(validating: units, as: UTF16.self) else {
            throw .badEscape(at: start)
        }
        return text
    }

    /// A string as UTF-16 code units.
    ///
    /// Lone surrogates are included: what is done about those is the caller's decision.
    package mutating func utf16() throws(JSONError) -> [UInt16] {
        try openString()
        return try unitsToClosingQuote()
    }

    /// Passes over a string, well-formed but for lone surrogates, which only a reader of it can judge.
    mutating func skipString() throws(JSONError) {
        try openString()
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                advance()
                return
            case UInt8(ascii: "\\"):
                advance()
                _ = try escape()
            case 0x20..<0x80: advance()
            case 0x80...: _ = try scalar()
            default: throw .unexpected(at: offset)
            }
        }
        throw .unexpected(at: offset)
    }

    private mutating func openString() throws(JSONError) {
        skipWhitespace()
        guard peek() == UInt8(ascii: "\"") else { throw .unexpected(at: offset) }
        advance()
    }

    private mutating func unitsToClosingQuote() throws(JSONError) -> [UInt16] {
        var units: [UInt16] = []
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                advance()
                return units
            case UInt8(ascii: "\\"):
                advance()
                units.append(try escape())
            case 0x20..<0x80:
                advance()
                units.append(UInt16(byte))
            case 0x80...:
                units.append(contentsOf: String(try scalar()).utf16)
            default:
                throw .unexpected(at: offset)
            }
        }
        throw .unexpected(at: offset)
    }

    private mutating func escape() throws(JSONError) -> UInt16 {
        let start = offset - 1
        let letter = peek()
        advance()
        switch letter {
        case UInt8(ascii: "\""): return 0x22
        case UInt8(ascii: "\\"): return 0x5C
        case UInt8(ascii: "/"): return 0x2F
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "u"): return try fourHexDigits(escapeStart: start)
        default: throw .badEscape(at: start)
        }
    }

    private mutating func fourHexDigits(escapeStart: Int) throws(JSONError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = Self.hexValue(byte) else {
                throw .badEscape(at: escapeStart)
            }
            value = value << 4 | digit
            advance()
        }
        return value
    }

    private static func hexValue(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// One scalar beyond ASCII: well-formed UTF-8 only (Unicode 16, table 3-7).
    private mutating func scalar() throws(JSONError) -> Unicode.Scalar {
        let start = offset
        guard let first = peek() else { throw .unexpected(at: offset) }
        advance()
        let length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
        guard length > 0 else { throw .badUTF8(at: start) }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for _ in 1..<length {
            guard let next = peek(), next & 0xC0 == 0x80 else { throw .badUTF8(at: start) }
            value = value << 6 | UInt32(next & 0x3F)
            advance()
        }
        let smallest: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
        guard value >= smallest[length], let scalar = Unicode.Scalar(value) else {
            throw .badUTF8(at: start)
        }
        return scalar
    }
}
