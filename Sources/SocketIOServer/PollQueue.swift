import NIOCore
import SocketIO

/// What waits for the next poll, and the poll that waits for something.
///
/// At most one of the two is there at the end of a turn of the loop. Whoever takes a waiting poll must
/// answer it.
struct PollQueue {
    /// The protocol knows no such bound, but stock clients in Python refuse a payload of more packets.
    private static let payloadPacketsMax = 16

    /// Attachments stand after the packet they belong to, each on its own.
    private var packets = CircularBuffer<PreparedPacket>(initialCapacity: 0)
    private(set) var bytes = 0
    /// The very last packet, when all others are taken.
    ///
    /// Alone in its payload: stock clients act on a close before what stands beside it.
    var farewell: PreparedPacket?
    var poll: CheckedContinuation<ByteBuffer, Never>?
    /// An answer to the waiting poll is due at the end of this turn.
    var answerIsDue = false

    var isEmpty: Bool { packets.isEmpty && farewell == nil }

    mutating func append(_ packet: PreparedPacket) {
        guard packet.attachments.isEmpty else {
            append(packet.withoutAttachments)
            for attachment in packet.attachments { append(attachment) }
            return
        }
        packets.append(packet)
        bytes += packet.frame.readableBytes
    }

    /// The next payload; what does not fit waits for the next poll.
    mutating func takePayload() -> ByteBuffer {
        guard !packets.isEmpty else {
            defer { farewell = nil }
            return farewell?.part ?? ByteBuffer()
        }
        var payload = ByteBuffer()
        for packet in packets.prefix(Self.payloadPacketsMax) {
            if payload.readableBytes > 0 { payload.writeInteger(EnginePayload.separator) }
            payload.writeImmutableBuffer(packet.part)
            bytes -= packet.frame.readableBytes
        }
        packets.removeFirst(min(Self.payloadPacketsMax, packets.count))
        return payload
    }

    @discardableResult
    mutating func take() -> CircularBuffer<PreparedPacket> {
        defer {
            packets = CircularBuffer(initialCapacity: 0)
            bytes = 0
        }
        return packets
    }

    mutating func takePoll() -> CheckedContinuation<ByteBuffer, Never>? {
        defer { poll = nil }
        return poll
    }
}
