extension Document {
    package init(_ text: String) {
        self.init(units: Array(text.utf16))
    }

    /// The document as a string.
    ///
    /// Transcoded here: the general way of the standard library takes fifty times as long, and a
    /// snapshot of a large document would hold up every room of the process.
    package var text: String {
        let units = self.units
        var capacity = 0
        for unit in units { capacity += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3 }
        return String(unsafeUninitializedCapacity: capacity) { bytes in
            units.withUnsafeBufferPointer { transcode($0, into: bytes) }
        }
    }
}

/// Writes well-formed UTF-16 as UTF-8 and returns how many bytes that takes.
private func transcode(
    _ units: UnsafeBufferPointer<UInt16>,
    into bytes: UnsafeMutableBufferPointer<UInt8>
) -> Int {
    var end = 0
    var index = 0
    func append(_ byte: UInt32) {
        bytes[end] = UInt8(truncatingIfNeeded: byte)
        end += 1
    }
    while index < units.count {
        var value = UInt32(units[index])
        index += 1
        if value < 0x80 {
            append(value)
            continue
        }
        if value >> 10 == 0x36 {
            value = 0x10000 + (value & 0x3FF) << 10 + UInt32(units[index] & 0x3FF)
            index += 1
        }
        switch value {
        case 0..<0x800: append(0xC0 | value >> 6)
        case 0..<0x10000:
            append(0xE0 | value >> 12)
            append(0x80 | value >> 6 & 0x3F)
        default:
            append(0xF0 | value >> 18)
            append(0x80 | value >> 12 & 0x3F)
            append(0x80 | value >> 6 & 0x3F)
        }
        append(0x80 | value & 0x3F)
    }
    return end
}
