package import RoomModel

/// One room and the names under which Redis knows it.
///
/// All share the room's hash tag, so on a cluster they lie in one shard and a script may use them
/// together.
package struct RoomKeys: Hashable, Sendable {
    package let room: RoomID
    /// Hash: format (see `RoomFormat`; 1 where it is missing), epoch, revision, snapshot (its revision),
    /// title, created, notes (how often they were written).
    package let meta: String
    /// Stream: one entry a commit, its ID `<revision>-0`, its field `c` the commit's JSON.
    package let log: String
    /// String: the newest snapshot's JSON.
    package let snapshot: String
    /// Hash: `<number> <code>` of the newest proposal that was refused for good, by participant.
    package let refused: String
    /// Hash: the JSON of each private note, by its ID; interviewers alone may be handed any of it.
    package let notes: String
    /// Channel to the room's owner.
    package let toOwner: String
    /// Channel to every gateway that has somebody in the room.
    package let toGateways: String

    package init(_ room: RoomID) {
        let tag = "{\(room.rawValue)}"
        self.room = room
        meta = tag + ":meta"
        log = tag + ":log"
        snapshot = tag + ":snapshot"
        refused = tag + ":refused"
        notes = tag + ":notes"
        toOwner = tag + ":in"
        toGateways = tag + ":out"
    }
}

/// The names that belong to no room.
enum SharedKeys {
    /// Sorted set of rooms without an owner, by when they were offered.
    static let orphanedRooms = "rooms:orphaned"

    /// Exists as long as the gateway lives.
    static func heartbeat(ofGateway name: String) -> String { "gateway:\(name)" }
}
