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

    let words: [Substring]
    let body: ByteBuffer

    init(_ message: ByteBuffer) throws(WireError) {
        var message = message
        let view = message.readableBytesView
        guard let end = view.firstIndex(of: UInt8(ascii: "\n")),
            let line = message.readString(length: end - view.startIndex)
        else { throw .malformed }
        message.moveReaderIndex(forwardBy: 1)
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.first == Substring(Self.version), words.count > 1 else { throw .unknownVersion }
        self.words = Array(words.dropFirst())
        body = message
    }

    /// The word at a place, counted without the version: 0 is the kind.
    func word(_ place: Int) throws(WireError) -> String {
        guard place < words.count else { throw .malformed }
        return String(words[place])
    }

    func number(_ place: Int) throws(WireError) -> Int {
        guard place < words.count, let number = Int(words[place]) else { throw .malformed }
        return number
    }

    static func encode(_ words: String..., body: some Sequence<UInt8>) -> ByteBuffer {
        var buffer = ByteBuffer(string: version)
        for word in words {
            buffer.writeInteger(UInt8(ascii: " "))
            buffer.writeString(word)
        }
        buffer.writeInteger(UInt8(ascii: "\n"))
        buffer.writeBytes(body)
        return buffer
    }
}
