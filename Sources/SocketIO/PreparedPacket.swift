import JSONText
package import NIOCore

/// A packet to send, encoded once: every receiver shares the same bytes, whatever its transport.
package struct PreparedPacket: Sendable {
    /// A whole WebSocket text frame.
    ///
    /// A server does not mask, so one frame fits every connection.
    package let frame: ByteBuffer
    private let headerLength: Int

    /// The packet as a part of a polling payload.
    package var text: ByteBuffer { frame.dropping(headerLength) }

    package init(_ packet: EnginePacket) {
        var text = ByteBuffer()
        packet.write(into: &text)
        self.init(textLength: text.readableBytes) { $0.writeImmutableBuffer(text) }
    }

    package init(_ packet: SocketPacket) {
        self.init(.text(packet.encoded()))
    }

    /// An event packet, `42["name",<arguments>]`.
    ///
    /// `argumentsJSON` is values with commas between them, without brackets; it may be empty.
    package static func event(
        _ name: String,
        argumentsJSON: ByteBuffer,
        namespace: String = SocketPacket.rootNamespace
    ) -> PreparedPacket {
        var writer = JSONWriter()
        writer.string(name)
        let prefix = namespace == SocketPacket.rootNamespace ? "42[" : "42\(namespace),["
        let comma = argumentsJSON.readableBytes > 0 ? "," : ""
        let length =
            prefix.utf8.count + writer.bytes.count + comma.utf8.count
            + argumentsJSON.readableBytes + 1
        return PreparedPacket(textLength: length) { frame in
            frame.writeString(prefix)
            frame.writeBytes(writer.bytes)
            frame.writeString(comma)
            frame.writeImmutableBuffer(argumentsJSON)
            frame.writeString("]")
        }
    }

    private init(textLength: Int, write: (inout ByteBuffer) -> Void) {
        var frame = ByteBuffer()
        frame.reserveCapacity(textLength + WebSocketFrameHeader.lengthMax)
        headerLength = frame.writeWebSocketFrameHeader(.text, payloadLength: textLength)
        write(&frame)
        self.frame = frame
    }
}

extension ByteBuffer {
    fileprivate func dropping(_ count: Int) -> ByteBuffer {
        var rest = self
        rest.moveReaderIndex(forwardBy: count)
        return rest
    }
}
