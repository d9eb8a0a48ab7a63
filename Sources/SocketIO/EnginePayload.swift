package import NIOCore

/// What one polling request or response carries: packets between record separators.
package enum EnginePayload {
    package static let separator: UInt8 = 0x1E

    /// All packets of a payload; one that is malformed condemns the whole.
    package static func decode(_ payload: ByteBuffer) throws(EngineError) -> [EnginePacket] {
        var packets: [EnginePacket] = []
        var rest = payload
        while true {
            let end = rest.readableBytesView.firstIndex(of: separator) ?? rest.writerIndex
            guard let part = rest.readSlice(length: end - rest.readerIndex) else {
                throw .malformedPacket
            }
            packets.append(try packet(part))
            guard rest.readInteger(as: UInt8.self) != nil else { return packets }
        }
    }

    package static func encode(_ packets: some Sequence<EnginePacket>) -> ByteBuffer {
        var payload = ByteBuffer()
        for packet in packets {
            if payload.readableBytes > 0 { payload.writeInteger(separator) }
            packet.write(into: &payload)
        }
        return payload
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
