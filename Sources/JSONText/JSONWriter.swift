/// Writes compact JSON as UTF-8 bytes, member after member, in the order of the calls.
///
/// It places commas and escapes strings; that keys and brackets come in a sensible order is up to
/// the caller, whose tests read back what it wrote.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    private var commaIsDue = false

    package init() {}

    /// The bytes of what `write` writes.
    package static func bytes(_ write: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        write(&writer)
        return writer.bytes
    }

    package mutating func beginObject() { open(UInt8(ascii: "{")) }
    package mutating func endObject() { close(UInt8(ascii: "}")) }
    package mutating func beginArray() { open(UInt8(ascii: "[")) }
    package mutating func endArray() { close(UInt8(ascii: "]")) }

    package mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        )
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        commaIsDue = false
    }

    /// A name that is not known before.
    package mutating func key(named name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        commaIsDue = false
    }

    package mutating func integer(_ value: Int) {
        separate()
        appendDigits(value)
    }

    package mutating func bool(_ value: Bool) {
        separate()
        bytes.append(
            contentsOf: value ? [0x74, 0x72, 0x75, 0x65] : [0x66, 0x61, 0x6C, 0x73, 0x65]
        )
    }

    package mutating func string(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 { appendEscaped(byte) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A string from UTF-16 code units.
    ///
    /// A lone surrogate is written as its escape, so every sequence of units is read back as it was.
    package mutating func string(utf16 units: some Sequence<UInt16>) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var pendingHigh: UInt16?
        for unit in units {
            if let high = pendingHigh {
                pendingHigh = nil
                if UTF16.isTrailSurrogate(unit) {
                    appendPair(high, unit)
                    continue
                }
                appendEscape(high)
            }
            if UTF16.isLeadSurrogate(unit) { pendingHigh = unit } else { appendUnit(unit) }
        }
        if let high = pendingHigh { appendEscape(high) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Bytes that are one JSON value already.
    package mutating func raw(_ value: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: value)
    }

    // MARK: Parts

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        commaIsDue = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        commaIsDue = true
    }

    private mutating func separate() {
        if commaIsDue { bytes.append(UInt8(ascii: ",")) }
        commaIsDue = true
    }

    private mutating func appendDigits(_ value: Int) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        let start = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): bytes.append(contentsOf: [0x5C, 0x22])
        case UInt8(ascii: "\\"): bytes.append(contentsOf: [0x5C, 0x5C])
        case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
        case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
        case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
        case 0..<0x20: appendEscape(UInt16(byte))
        default: bytes.append(byte)
        }
    }

    private mutating func appendUnit(_ unit: UInt16) {
        switch unit {
        case 0..<0x80: appendEscaped(UInt8(unit))
        case 0x80..<0x800:
            bytes.append(0xC0 | UInt8(unit >> 6))
            bytes.append(0x80 | UInt8(unit & 0x3F))
        case 0xD800...0xDFFF: appendEscape(unit)
        default:
            bytes.append(0xE0 | UInt8(unit >> 12))
            bytes.append(0x80 | UInt8(unit >> 6 & 0x3F))
            bytes.append(0x80 | UInt8(unit & 0x3F))
        }
    }

    private mutating func appendPair(_ high: UInt16, _ low: UInt16) {
        let value = 0x10000 + (UInt32(high - 0xD800) << 10) + UInt32(low - 0xDC00)
        bytes.append(0xF0 | UInt8(value >> 18))
        bytes.append(0x80 | UInt8(value >> 12 & 0x3F))
        bytes.append(0x80 | UInt8(value >> 6 & 0x3F))
        bytes.append(0x80 | UInt8(value & 0x3F))
    }

    private mutating func appendEscape(_ unit: UInt16) {
        bytes.append(contentsOf: [0x5C, 0x75])
        for shift in [12, 8, 4, 0] as [UInt16] {
            let digit = UInt8(unit >> shift & 0xF)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
