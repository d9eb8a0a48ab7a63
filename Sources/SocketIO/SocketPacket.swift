package import NIOCore

/// One packet of Socket.IO, version 5, whose data stays the JSON bytes that came.
package struct SocketPacket: Equatable, Sendable {
    package enum Kind: UInt8, Sendable {
        case connect = 0x30
        case disconnect
        case event
        case acknowledgement
        case connectError
        case binaryEvent
        case binaryAcknowledgement
    }

    package var kind: Kind
    package var namespace = Self.rootNamespace
    package var acknowledgementID: Int?
    /// How many binary packets follow: of the two binary kinds only.
    package var attachments = 0
    package var data: ByteBuffer?

    package static let rootNamespace = "/"

    package init(
        _ kind: Kind,
        namespace: String = Self.rootNamespace,
        acknowledgementID: Int? = nil,
        attachments: Int = 0,
        data: ByteBuffer? = nil
    ) {
        self.kind = kind
        self.namespace = namespace
        self.acknowledgementID = acknowledgementID
        self.attachments = attachments
        self.data = data
    }

    /// The text of the packet: kind, attachments, namespace, acknowledgement, data, as far as there are.
    package func encoded() -> ByteBuffer {
        var text = ByteBuffer()
        text.writeInteger(kind.rawValue)
        if kind == .binaryEvent || kind == .binaryAcknowledgement {
            text.writeString("\(attachments)-")
        }
        if namespace != Self.rootNamespace { text.writeString("\(namespace),") }
        if let acknowledgementID { text.writeString(String(acknowledgementID)) }
        if let data { text.writeImmutableBuffer(data) }
        return text
    }
}
