import JSONText
package import NIOCore

/// A packet to send, encoded once: every receiver shares the same bytes, whatever its transport.
package struct PreparedPacket: Sendable {
    /// A whole WebSocket frame.
    ///
    /// A server does not mask, so one frame fits every connection.
    package let frame: ByteBuffer
    /// Binary packets that belong to this one and follow it at once.
    package private(set) var attachments: [PreparedPacket] = []
    private let headerLength: Int
    private let isBinary: Bool

    /// The packet as a part of a polling payload, in which binary is base64.
    package var part: ByteBuffer {
        let payload = frame.dropping(headerLength)
        guard isBinary else { return payload }
        var part = ByteBuffer(string: "b")
        part.writeImmutableBuffer(Base64.encode(payload.readableBytesView))
        return part
    }

    /// The packet alone.
    package var withoutAttachments: PreparedPacket {
        var packet = self
        packet.attachments = []
        return packet
    }

    package init(_ packet: EnginePacket) {
        if case .binary(let bytes) = packet {
            self.init(.binary, payloadLength: bytes.readableBytes) {
                $0.writeImmutableBuffer(bytes)
            }
        } else {
            var text = ByteBuffer()
            packet.write(into: &text)
            self.init(.text, payloadLength: text.readableBytes) { $0.writeImmutableBuffer(text) }
        }
    }

    /// A message as it is, for what stands on Engine.IO alone.
    package init(_ message: EngineMessage) {
        switch message {
        case .text(let text): self.init(EnginePacket.text(text))
        case .binary(let bytes): self.init(EnginePacket.binary(bytes))
        }
    }

    /// A packet of Socket.IO, followed by the attachments that its placeholders name.
    package init(_ packet: SocketPacket, attachments: [ByteBuffer] = []) {
        self.init(EnginePacket.text(packet.encoded()))
        self.attachments = attachments.map { PreparedPacket(EnginePacket.binary($0)) }
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
        return PreparedPacket(.text, payloadLength: length) { frame in
            frame.writeString(prefix)
            frame.writeBytes(writer.bytes)
            frame.writeString(comma)
            frame.writeImmutableBuffer(argumentsJSON)
            frame.writeString("]")
        }
    }

    private init(
        _ opcode: WebSocketFrameHeader.Opcode,
        payloadLength: Int,
        write: (inout ByteBuffer) -> Void
    ) {
        var frame = ByteBuffer()
        frame.reserveCapacity(payloadLength + WebSocketFrameHeader.lengthMax)
        headerLength = frame.writeWebSocketFrameHeader(opcode, payloadLength: payloadLength)
        write(&frame)
        self.frame = frame
        isBinary = opcode == .binary
    }
}

extension ByteBuffer {
    fileprivate func dropping(_ count: Int) -> ByteBuffer {
        var rest = self
        rest.moveReaderIndex(forwardBy: count)
        return rest
    }
}
