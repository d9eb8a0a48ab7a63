import NIOCore

/// A packet whose attachments are still arriving, each as a message of its own.
struct SocketAssembly: Sendable {
    let packet: SocketPacket
    private(set) var attachments: [ByteBuffer] = []
    private var bytesLeft: Int

    /// Judges the packet before anything is kept for it.
    init(_ packet: SocketPacket, limits: EngineLimits) throws(EngineError) {
        guard packet.attachments <= limits.attachmentsMax else { throw .attachmentsTooLarge }
        guard packet.hasLegalPlaceholders else { throw .malformedSocketPacket }
        self.packet = packet
        bytesLeft = limits.attachmentsBytesMax
    }

    var isComplete: Bool { attachments.count == packet.attachments }

    mutating func add(_ bytes: ByteBuffer) throws(EngineError) {
        guard bytes.readableBytes <= bytesLeft else { throw .attachmentsTooLarge }
        bytesLeft -= bytes.readableBytes
        attachments.append(bytes)
    }
}
