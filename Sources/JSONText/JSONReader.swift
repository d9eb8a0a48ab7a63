/// Reads JSON (RFC 8259) from UTF-8 bytes, front to back, without building a tree.
///
/// The caller states what it expects, `beginObject`, `nextKey`, `integer`, and gets an error at the
/// first byte that is something else. Nothing is read twice and a value nobody asked for is skipped
/// as bytes. Every byte is fetched through `peek`, so no input can make it read out of bounds; depth
/// is bounded, so none can exhaust the stack.
package struct JSONReader {
    /// Nesting deeper than this is refused: no message of ours goes beyond six.
    package static let depthMax = 32

    /// Must outlive the reader: it is valid inside the closure that lent the bytes.
    let bytes: UnsafeRawBufferPointer
    package internal(set) var offset = 0
    private var depth = 0
    /// No member has been read yet of the object or array that was opened last, so no comma is due.
    private var atFirstMember = false

    package init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    // MARK: Containers

    package mutating func beginObject() throws(JSONError) { try open(UInt8(ascii: "{")) }
    package mutating func beginArray() throws(JSONError) { try open(UInt8(ascii: "[")) }

    /// The key of the next member, its colon consumed; nil when the object ends here.
    package mutating func nextKey() throws(JSONError) -> String? {
        guard try nextMember(closing: UInt8(ascii: "}")) else { return nil }
        let key = try string()
        try expect(UInt8(ascii: ":"))
        return key
    }

    /// Whether the array has another element; false when it ends here.
    package mutating func nextElement() throws(JSONError) -> Bool {
        try nextMember(closing: UInt8(ascii: "]"))
    }

    /// Nothing but white space may follow.
    package mutating func end() throws(JSONError) {
        skipWhitespace()
        guard offset == bytes.count else { throw .unexpected(at: offset) }
    }

    private mutating func open(_ bracket: UInt8) throws(JSONError) {
        guard depth < Self.depthMax else { throw .tooDeep(at: offset) }
        try expect(bracket)
        depth += 1
        atFirstMember = true
    }

    private mutating func nextMember(closing bracket: UInt8) throws(JSONError) -> Bool {
        skipWhitespace()
        if peek() == bracket {
            offset += 1
            depth -= 1
            atFirstMember = false
            return false
        }
        if !atFirstMember { try expect(UInt8(ascii: ",")) }
        atFirstMember = false
        return true
    }

    // MARK: Bytes

    /// The bytes of a value that was read or passed over, as they were written.
    package func copy(of range: Range<Int>) -> [UInt8] { Array(bytes[range]) }

    /// The byte at the offset, or nil at the end: the only place that touches memory.
    @inline(__always)
    func peek() -> UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    @inline(__always)
    mutating func advance(by count: Int = 1) {
        offset += count
    }

    mutating func expect(_ byte: UInt8) throws(JSONError) {
        skipWhitespace()
        guard peek() == byte else { throw .unexpected(at: offset) }
        offset += 1
    }

    mutating func skipWhitespace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            offset += 1
        }
    }
}

/// Why bytes are not the JSON that was expected; offsets count bytes.
package enum JSONError: Error, Equatable {
    case unexpected(at: Int)
    case tooDeep(at: Int)
    case badEscape(at: Int)
    case badUTF8(at: Int)
    case numberOutOfRange(at: Int)
}
