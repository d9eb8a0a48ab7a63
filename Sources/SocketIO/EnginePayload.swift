package import NIOCore

/// What one polling request or response carries: packets between record separators.
///
/// Read one by one, so that a million tiny packets cost no more than their bytes.
package struct EnginePayload {
    package static let separator: UInt8 = 0x1E

    /// Nil once the last packet was read: a payload has at least one.
    private var rest: ByteBuffer?

    package init(_ payload: ByteBuffer) {
        rest = payload
    }

    /// The next packet; nothing good follows one that is malformed.
    package mutating func next() throws(EngineError) -> EnginePacket? {
        guard var remaining = rest.take() else { return nil }
        let end = remaining.readableBytesView.firstIndex(of: Self.separator)
        let length = (end ?? remaining.writerIndex) - remaining.readerIndex
        guard let part = remaining.readSlice(length: length) else { throw .malformedPacket }
        if end != nil {
            remaining.moveReaderIndex(forwardBy: 1)
            rest = remaining
        }
        return try Self.packet(part)
    }

    private static func packet(_ part: ByteBuffer) throws(EngineError) -> EnginePacket {
        guard part.readableBytesView.first == UInt8(ascii: "b") else {
            return try EnginePacket(text: part)
        }
        guard let bytes = Base64.decode(part.readableBytesView.dropFirst()) else {
            throw .malformedPacket
        }
        return .binary(bytes)
    }
}
