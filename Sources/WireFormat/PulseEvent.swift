import JSONText
package import NIOCore
package import RoomModel

/// That somebody is there: whether they have left their page alone, and how long a word takes from
/// it to its gateway and back.
package struct PulseEvent: Equatable, Sendable {
    package var isIdle: Bool
    /// As the page measured it, by the acknowledgement of an earlier pulse.
    package var roundTripMilliseconds: Int?

    /// Reads the argument of `pulse`, nil where it is not one: presence may be lost, so nobody is told.
    package init?(_ argument: ByteBuffer) {
        guard argument.readableBytes <= Limits.Socket.presenceBytesMax else { return nil }
        var isIdle: Bool?
        var roundTrip: Int?
        do {
            try argument.readingJSON { reader in
                try reader.members { key, reader in
                    switch key {
                    case "idle": isIdle = try reader.bool()
                    case "roundTrip": roundTrip = try Self.milliseconds(from: &reader)
                    default: break
                    }
                }
            }
        } catch { return nil }
        guard let isIdle else { return nil }
        self.isIdle = isIdle
        roundTripMilliseconds = roundTrip
    }

    /// The argument of `pulse`, for everybody else in the room.
    package func pulse(by participant: ParticipantID) -> ByteBuffer {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("by")
        writer.string(participant.rawValue)
        writer.key("idle")
        writer.bool(isIdle)
        if let roundTripMilliseconds {
            writer.key("roundTrip")
            writer.integer(roundTripMilliseconds)
        }
        writer.endObject()
        return ByteBuffer(bytes: writer.bytes)
    }

    /// JavaScript writes `null` for what it does not have.
    private static func milliseconds(from reader: inout JSONReader) throws -> Int? {
        if try reader.nextKind() == .null {
            try reader.null()
            return nil
        }
        let value = try reader.integer()
        guard (0...Limits.Socket.roundTripMillisecondsMax).contains(value) else {
            throw WireError.malformed
        }
        return value
    }
}
