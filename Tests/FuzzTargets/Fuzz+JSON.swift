import Foundation
import JSONText

/// The reader takes what Foundation takes, and writes back what it read.
@Sendable func fuzzJSON(_ bytes: UnsafeRawBufferPointer) throws {
    var reader = JSONReader(bytes)
    let isValid: Bool
    do {
        let range = try reader.skipValue()
        try law(range.upperBound <= bytes.count, "read past the end")
        try reader.end()
        isValid = true
    } catch let error as JSONError {
        // Deeper than we go, which Foundation does.
        if case .tooDeep = error { return }
        isValid = false
    }
    if isValid { try checkString(bytes) }
    guard isComparable(bytes) else { return }
    let value = try? JSONSerialization.jsonObject(
        with: Data(bytes),
        options: .fragmentsAllowed
    )
    try law(isValid == (value != nil), "valid here: \(isValid), for Foundation: \(value != nil)")
}

/// A string is the same read as text, read as units, and after it was written from either.
private func checkString(_ bytes: UnsafeRawBufferPointer) throws {
    var reader = JSONReader(bytes)
    guard try reader.nextKind() == .string else { return }
    let units = try must("units") { try reader.utf16() }
    try law(units.count <= bytes.count, "more units than bytes")
    let written = JSONWriter.bytes { $0.string(utf16: units) }
    try written.withUnsafeBytes { written in
        var again = JSONReader(written)
        try law(try must("written units") { try again.utf16() } == units, "other units")
    }
    var textReader = JSONReader(bytes)
    guard let text = try? textReader.string() else {
        return try law(!isWellFormed(units), "well-formed and no text")
    }
    try law(Array(text.utf16) == units, "text and units differ")
    try law(JSONWriter.bytes { $0.string(text) } == written, "text is written otherwise")
}

private func isWellFormed(_ units: [UInt16]) -> Bool {
    String(validating: units, as: UTF16.self) != nil
}

/// Where the two are meant to agree: not on the other encodings that Foundation detects, on lone
/// surrogates, or on numbers that overflow a double.
private func isComparable(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count >= 1, bytes.count <= 4_096, !bytes.contains(0), bytes[0] < 0x80,
        String(validating: bytes, as: UTF8.self) != nil
    else { return false }
    let text = bytes.text
    return !text.contains("\\ud") && !text.contains("\\uD") && !text.contains("\\uFEFF")
        && !hasLongNumber(bytes) && !hasTrailingComma(bytes)
}

/// Foundation lets a comma pass before a closing bracket, which RFC 8259 does not.
private func hasTrailingComma(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var isAfterComma = false
    for byte in bytes where !" \n\r\t".utf8.contains(byte) {
        let closes = byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
        if closes, isAfterComma { return true }
        isAfterComma = byte == UInt8(ascii: ",")
    }
    return false
}

private func hasLongNumber(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var run = 0
    for byte in bytes {
        let isPart =
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(byte)
        run = isPart ? run + 1 : 0
        // An exponent of three digits may overflow, and a long mantissa is refused there.
        if run > 12 || byte | 0x20 == UInt8(ascii: "e") && run > 1 { return true }
    }
    return false
}
