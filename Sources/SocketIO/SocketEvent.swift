import JSONText
package import NIOCore

/// One event that a peer emitted.
package struct SocketEvent: Equatable, Sendable {
    package let name: String
    /// The arguments as the JSON bytes that came, checked to be well-formed: values with commas between
    /// them, without the name and without brackets; empty when there are none.
    ///
    /// Where there are attachments, placeholders stand for them, each with a number that is one's index.
    package let arguments: ByteBuffer
    /// What the event carried in binary.
    package let attachments: [ByteBuffer]
    /// Present when the peer waits for an acknowledgement.
    package let acknowledgementID: Int?

    /// Names that mean something to every client's own emitter, so no peer may send them.
    private static let reservedNames: Set<String> = [
        "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener",
    ]

    /// Splits the name off the array that is the data of an event packet.
    package init(
        _ packet: SocketPacket,
        attachments: [ByteBuffer] = []
    ) throws(EngineError) {
        guard packet.kind == .event || packet.kind == .binaryEvent, let data = packet.data else {
            throw .malformedSocketPacket
        }
        let split = data.withUnsafeReadableBytes { bytes in try? Self.split(bytes) }
        guard let (name, arguments) = split, !Self.reservedNames.contains(name),
            let slice = data.getSlice(
                at: data.readerIndex + arguments.lowerBound,
                length: arguments.count
            )
        else { throw .malformedSocketPacket }
        self.name = name
        self.arguments = slice
        self.attachments = attachments
        acknowledgementID = packet.acknowledgementID
    }

    /// The packet was checked to be one array, so its last bracket ends the arguments.
    private static func split(
        _ bytes: UnsafeRawBufferPointer
    ) throws(JSONError) -> (name: String, arguments: Range<Int>) {
        var reader = JSONReader(bytes)
        try reader.beginArray()
        guard try reader.nextElement() else { throw .unexpected(at: reader.offset) }
        let name = try reader.string()
        let closing = bytes.lastIndex(of: UInt8(ascii: "]")) ?? bytes.count
        guard try reader.nextElement() else { return (name, closing..<closing) }
        return (name, reader.offset..<closing)
    }
}
