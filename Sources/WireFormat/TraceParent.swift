/// Where in a trace something happens, as W3C Trace Context writes it in `traceparent`:
/// `00-<trace, 32 digits>-<span, 16 digits>-<flags, 2 digits>`, in lower-case hexadecimal.
///
/// The same text is a word of our own header lines.
package struct TraceParent: Hashable, Sendable {
    package struct TraceID: Hashable, Sendable {
        package let high: UInt64
        package let low: UInt64

        package init(high: UInt64, low: UInt64) {
            self.high = high
            self.low = low
        }

        package var text: String { high.hexadecimal + low.hexadecimal }
    }

    /// What version 00 has; later ones may have more behind it.
    private static let bytesMin = 55

    package let trace: TraceID
    package let span: UInt64
    /// Whether whoever began the trace keeps it: then we do, too.
    package let isSampled: Bool

    package init(trace: TraceID, span: UInt64, isSampled: Bool) {
        self.trace = trace
        self.span = span
        self.isSampled = isSampled
    }

    /// Nil for all that is not well-formed: it is as if nothing had been said.
    package init?(_ text: String) {
        let bytes = Array(text.utf8.prefix(Self.bytesMin + 1))
        guard bytes.count >= Self.bytesMin, Self.isVersionRead(bytes),
            [2, 35, 52].allSatisfy({ bytes[$0] == UInt8(ascii: "-") }),
            let high = UInt64(hexadecimal: bytes[3..<19]),
            let low = UInt64(hexadecimal: bytes[19..<35]), high | low != 0,
            let span = UInt64(hexadecimal: bytes[36..<52]), span != 0,
            let flags = UInt64(hexadecimal: bytes[53..<55])
        else { return nil }
        self.init(
            trace: TraceID(high: high, low: low),
            span: span,
            isSampled: flags & 1 == 1
        )
    }

    /// A later version is read as far as we know it, and ff is none.
    private static func isVersionRead(_ bytes: [UInt8]) -> Bool {
        switch UInt64(hexadecimal: bytes[..<2]) {
        case nil, 0xFF: false
        case 0: bytes.count == bytesMin
        default: bytes.count == bytesMin || bytes[bytesMin] == UInt8(ascii: "-")
        }
    }

    package var text: String {
        "00-\(trace.text)-\(span.hexadecimal)-\(isSampled ? "01" : "00")"
    }
}

extension UInt64 {
    /// All 16 digits, in lower case.
    package var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    fileprivate init?(hexadecimal digits: ArraySlice<UInt8>) {
        var value: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(digit - 0x30)
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(digit - 0x57)
            default: return nil
            }
        }
        self = value
    }
}
