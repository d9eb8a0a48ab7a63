import JSONText
import NIOCore
import Redis
import RoomModel

/// A room as an operator may see it: nothing that people wrote or are called.
package struct InspectedRoom: Sendable {
    package let loaded: LoadedRoom
    /// Who owned it under the newest epoch; nil where that was not written down.
    package let ownerName: String?
    /// How many processes listen to what is proposed: none or one, when all is well.
    package let listeners: Int
    package let logLength: Int
    /// When it is gone if nobody comes back, in milliseconds since 1970; nil where that is never.
    package let keptUntilMilliseconds: Int?
    /// The end of the log, oldest first.
    package let tail: [InspectedCommit]
}

/// A commit without what it changes.
package struct InspectedCommit: Equatable, Sendable {
    package private(set) var revision = 0
    /// Since 1970.
    package private(set) var at = 0
    package private(set) var participant = ""
    package private(set) var number: Int?
    /// What it changes, by the key that holds it, such as `edit`.
    package private(set) var kind = ""
    package private(set) var byteCount: Int

    /// Whatever kinds a later version has, their names are keys.
    init(json: ByteBuffer) throws {
        byteCount = json.readableBytes
        var read = self
        try json.withUnsafeReadableBytes { bytes in
            var reader = JSONReader(bytes)
            try read.readMembers(from: &reader)
        }
        self = read
    }

    private mutating func readMembers(from reader: inout JSONReader) throws {
        try reader.members { key, reader in
            switch key {
            case "revision": revision = try reader.integer()
            case "at": at = try reader.integer()
            case "by": participant = try reader.string()
            case "number": number = try reader.integer()
            default: kind = kind.isEmpty ? key : "\(kind) \(key)"
            }
        }
    }
}

extension RoomChannels {
    /// Reads all that can be known of a room from outside its owner.
    package func inspect(_ room: RoomKeys, tail: Int) async throws -> InspectedRoom {
        let loaded = try await load(room)
        let owner = try await commands.send(["HGET", .string(room.meta), "owner"]).text
        let heard = try await commands.send(["PUBSUB", "SHARDNUMSUB", .string(room.toOwner)])
        let expiry = try await commands.send(["PEXPIRETIME", .string(room.meta)]).integer ?? -1
        let entries = try await commands.send([
            "XREVRANGE", .string(room.log), "+", "-", "COUNT", .integer(tail),
        ])
        return InspectedRoom(
            loaded: loaded,
            ownerName: Self.name(owner, of: loaded.epoch),
            listeners: heard.array?.last?.integer ?? 0,
            logLength: try await commands.send(["XLEN", .string(room.log)]).integer ?? 0,
            keptUntilMilliseconds: expiry > 0 ? expiry : nil,
            tail: try (entries.array ?? []).reversed().map {
                try InspectedCommit(json: try LogEntry($0).json)
            }
        )
    }

    /// `<epoch> <name>`, as claim.lua writes it; what an older epoch left says nothing.
    private static func name(_ text: String?, of epoch: Epoch) -> String? {
        let words = text?.split(separator: " ") ?? []
        guard words.count == 2, Int(words[0]) == epoch.rawValue else { return nil }
        return String(words[1])
    }
}
