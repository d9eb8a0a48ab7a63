import NIOCore

/// The first line of every message between our processes: a version and words, each parted by one
/// space, for example `1 edit g1.Xk… pA7… candidate`.
///
/// The body follows the line feed.
///
/// Words never hold spaces: they are identifiers, numbers and names of kinds. A version that is not
/// known is refused whole, so old and new processes can run side by side and skip what is not theirs.
struct HeaderLine {
    static let version = "1"

    // Bytes, not text: of a message's five words the receiver reads one or two as such.
    /// Where each word stands in the message, the version left out.
    private let places: [Range<Int>]
    private let message: ByteBuffer
    let body: ByteBuffer

    init(_ message: ByteBuffer) throws(WireError) {
        let view = message.readableBytesView
        guard let end = view.firstIndex(of: UInt8(ascii: "\n")) else { throw .malformed }
        var places: [Range<Int>] = []
        places.reserveCapacity(8)
        var start = view.startIndex
        for index in start..<end where view[index] == UInt8(ascii: " ") {
            places.append(start..<index)
            start = index + 1
        }
        places.append(start..<end)
        guard view[places.removeFirst()].elementsEqual(Self.version.utf8), !places.isEmpty else {
            throw .unknownVersion
        }
        var body = message
        body.moveReaderIndex(to: end + 1)
        (self.places, self.message, self.body) = (places, message, body)
    }

    /// The word at a place, counted without the version: 0 is the kind.
    func word(_ place: Int) throws(WireError) -> String {
        let bytes = try bytes(of: place)
        return message.getString(at: bytes.startIndex, length: bytes.count) ?? ""
    }

    func number(_ place: Int) throws(WireError) -> Int {
        try Self.number(try bytes(of: place))
    }

    /// A word that is numbers with commas between them.
    func numbers(_ place: Int) throws(WireError) -> [Int] {
        var numbers: [Int] = []
        var rest = try bytes(of: place)
        while let comma = rest.firstIndex(of: UInt8(ascii: ",")) {
            numbers.append(try Self.number(rest[..<comma]))
            rest = rest[(comma + 1)...]
        }
        numbers.append(try Self.number(rest))
        return numbers
    }

    /// The word at a place that a traced message has; nil in every other.
    func traceParent(_ place: Int) -> TraceParent? {
        guard place < places.count, let text = try? word(place) else { return nil }
        return TraceParent(text)
    }

    private func bytes(of place: Int) throws(WireError) -> ByteBufferView {
        guard place < places.count else { throw .malformed }
        return message.readableBytesView[places[place]]
    }

    /// Digits alone, at least one and not more than an `Int` holds.
    private static func number(_ digits: ByteBufferView) throws(WireError) -> Int {
        guard (1...18).contains(digits.count) else { throw .malformed }
        var number = 0
        for byte in digits {
            guard byte &- UInt8(ascii: "0") < 10 else { throw .malformed }
            number = number * 10 + Int(byte &- UInt8(ascii: "0"))
        }
        return number
    }

    static func encode(
        _ words: String...,
        trace: TraceParent? = nil,
        body: some Sequence<UInt8>
    ) -> ByteBuffer {
        var buffer = ByteBuffer(string: version)
        for word in words {
            buffer.writeInteger(UInt8(ascii: " "))
            buffer.writeString(word)
        }
        if let trace { buffer.writeString(" \(trace.text)") }
        buffer.writeInteger(UInt8(ascii: "\n"))
        buffer.writeBytes(body)
        return buffer
    }
}
