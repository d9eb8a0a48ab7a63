import NIOCore
import SocketIO

/// What waits for the next poll, and the poll that waits for something.
///
/// At most one of the two is there at the end of a turn of the loop. Whoever takes a waiting poll must
/// answer it.
struct PollQueue {
    private var packets: [PreparedPacket] = []
    private(set) var bytes = 0
    var poll: CheckedContinuation<ByteBuffer, Never>?
    /// An answer to the waiting poll is due at the end of this turn.
    var answerIsDue = false

    var isEmpty: Bool { packets.isEmpty }

    mutating func append(_ packet: PreparedPacket) {
        packets.append(packet)
        bytes += packet.frame.readableBytes
    }

    /// Everything as one payload; nothing waits afterwards.
    mutating func takePayload() -> ByteBuffer {
        var payload = ByteBuffer()
        payload.reserveCapacity(bytes)
        for packet in take() {
            if payload.readableBytes > 0 { payload.writeInteger(EnginePayload.separator) }
            payload.writeImmutableBuffer(packet.text)
        }
        return payload
    }

    mutating func take() -> [PreparedPacket] {
        defer {
            packets = []
            bytes = 0
        }
        return packets
    }

    mutating func takePoll() -> CheckedContinuation<ByteBuffer, Never>? {
        defer { poll = nil }
        return poll
    }
}
