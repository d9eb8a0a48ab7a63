package import NIOCore
package import RoomModel

/// What a process is told by name, by an operator or by another process.
package enum ProcessOrder: Equatable, Sendable {
    /// Hand over what you have, and stop.
    case drain
    /// Claim a room whose owner hands it to you, if this is its epoch still: an order that comes late is void
    /// once anybody else has claimed the room.
    case take(RoomID, after: Epoch)

    package func encoded() -> ByteBuffer {
        switch self {
        case .drain: HeaderLine.encode("drain", body: [])
        case .take(let room, let epoch):
            HeaderLine.encode("take", "\(epoch.rawValue)", room.rawValue, body: [])
        }
    }

    package init(_ message: ByteBuffer) throws(WireError) {
        let line = try HeaderLine(message)
        switch try line.word(0) {
        case "drain": self = .drain
        case "take":
            let epoch = Epoch(rawValue: try line.number(1))
            self = .take(RoomID(rawValue: try line.word(2)), after: epoch)
        default: throw .unknownVersion
        }
    }
}
