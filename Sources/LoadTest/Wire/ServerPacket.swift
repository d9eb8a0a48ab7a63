import JSONText
import NIOCore
import SocketIO
import WireFormat

/// What a server says in one Engine.IO packet, as far as a client of one namespace is concerned.
enum ServerPacket: Equatable {
    case open(Opening)
    case ping
    /// The namespace is entered.
    case connected
    /// CONNECT_ERROR with its message.
    case refused(String)
    /// An event; the argument is JSON, not yet looked at.
    case event(Event, ByteBuffer)
    case disconnected
    case closed
    case ignored

    enum Event {
        case welcome
        case commits
        case presence
        case epoch
        case rejected
        case closing
        /// A name that a newer deployment may send.
        case unknown
    }

    struct Opening: Equatable {
        var sid = ""
        var pingIntervalMilliseconds = 25_000
        var pingTimeoutMilliseconds = 20_000
    }

    struct Malformed: Error {}

    init(_ text: ByteBuffer) throws {
        // Nearly everything is an event, and most of those are commits.
        if let event = Self.event(in: text) {
            self = event
            return
        }
        switch try EnginePacket(text: text) {
        case .open(let json): self = .open(try Opening(json))
        case .close: self = .closed
        case .ping: self = .ping
        case .text(let message): self = try Self.message(try SocketPacket(text: message))
        default: self = .ignored
        }
    }

    private static func message(_ packet: SocketPacket) throws -> ServerPacket {
        switch packet.kind {
        case .connect: return .connected
        case .disconnect: return .disconnected
        case .connectError: return .refused(try refusal(packet.data ?? ByteBuffer()))
        default: return .ignored
        }
    }

    /// Splits `42["name",argument]`; the argument's own reader finds out whether it is JSON.
    private static func event(in text: ByteBuffer) -> ServerPacket? {
        let prefix = 4
        return text.withUnsafeReadableBytes { bytes -> ServerPacket? in
            guard bytes.count > prefix + 2, bytes[0] == UInt8(ascii: "4"),
                bytes[1] == UInt8(ascii: "2"), bytes[2] == UInt8(ascii: "["),
                bytes[3] == UInt8(ascii: "\""), bytes[bytes.count - 1] == UInt8(ascii: "]"),
                let quote = bytes[prefix...].firstIndex(of: UInt8(ascii: "\""))
            else { return nil }
            let name = UnsafeRawBufferPointer(rebasing: bytes[prefix..<quote])
            let start = min(quote + 2, bytes.count - 1)
            let argument = text.getSlice(
                at: text.readerIndex + start,
                length: bytes.count - 1 - start
            )
            return .event(Event(name), argument ?? ByteBuffer())
        }
    }

    private static func refusal(_ json: ByteBuffer) throws -> String {
        try json.readingJSON { reader in
            if try reader.nextKind() == .string { return try reader.string() }
            var message = ""
            try reader.members { key, reader in
                if key == "message" { message = try reader.string() }
            }
            return message
        }
    }
}

extension ServerPacket.Event {
    fileprivate init(_ name: UnsafeRawBufferPointer) {
        func isName(_ text: StaticString) -> Bool {
            name.elementsEqual(
                UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
            )
        }
        self =
            isName("commits")
            ? .commits
            : isName("presence")
                ? .presence
                : isName("welcome")
                    ? .welcome
                    : isName("epoch")
                        ? .epoch
                        : isName("rejected") ? .rejected : isName("closing") ? .closing : .unknown
    }
}

extension ServerPacket.Opening {
    fileprivate init(_ json: ByteBuffer) throws {
        self.init()
        try json.readingJSON { reader in
            try reader.members { key, reader in
                switch key {
                case "sid": sid = try reader.string()
                case "pingInterval": pingIntervalMilliseconds = try reader.integer()
                case "pingTimeout": pingTimeoutMilliseconds = try reader.integer()
                default: break
                }
            }
        }
        // Bounded, as sums are made of them.
        guard !sid.isEmpty, (1...3_600_000).contains(pingIntervalMilliseconds),
            (1...3_600_000).contains(pingTimeoutMilliseconds)
        else { throw ServerPacket.Malformed() }
    }
}
