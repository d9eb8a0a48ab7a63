package import RoomModel

/// The names under which one room is known to Redis.
///
/// All share the room's hash tag, so on a cluster they lie in one shard and a script may use them
/// together.
package struct RoomKeys: Sendable {
    /// Hash: epoch, revision, snapshot (its revision), title, created.
    package let meta: String
    /// Stream: one entry a commit, its ID `<revision>-0`, its field `c` the commit's JSON.
    package let log: String
    /// String: the newest snapshot's JSON.
    package let snapshot: String
    /// Channel to the room's owner.
    package let toOwner: String
    /// Channel to every gateway that has somebody in the room.
    package let toGateways: String

    package init(_ room: RoomID) {
        let tag = "{\(room.rawValue)}"
        meta = tag + ":meta"
        log = tag + ":log"
        snapshot = tag + ":snapshot"
        toOwner = tag + ":in"
        toGateways = tag + ":out"
    }
}

/// The names that belong to no room.
package enum SharedKeys {
    /// Sorted set of rooms without an owner, by when they were offered.
    package static let orphanedRooms = "rooms:orphaned"

    /// Exists as long as the gateway lives.
    package static func heartbeat(ofGateway name: String) -> String { "gateway:\(name)" }
}
