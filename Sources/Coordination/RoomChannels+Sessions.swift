import EventLoopIsolation
import Redis
package import RoomModel
import WireFormat

/// What a room is created from.
package struct NewRoom: Sendable {
    package let title: String
    package let createdMilliseconds: Int
    package let snapshot: Snapshot

    package init(title: String, createdMilliseconds: Int, snapshot: Snapshot) {
        self.title = title
        self.createdMilliseconds = createdMilliseconds
        self.snapshot = snapshot
    }
}

extension RoomChannels {
    /// Creates the room; false if one of that name exists.
    package func create(_ new: NewRoom, as room: RoomKeys) async throws -> Bool {
        let reply = try await commands.evaluate(
            Scripts.create,
            keys: [.string(room.meta), .string(room.snapshot)],
            arguments: [
                .string(new.title), .integer(new.createdMilliseconds), .bytes(new.snapshot.json),
                .string(RoomFormat.required(by: new.snapshot.admission).rawValue),
                .integer(retentionSeconds),
            ]
        )
        return reply.integer == 1
    }

    package func load(_ room: RoomKeys) async throws(LoadError) -> LoadedRoom {
        let result = await withCheckedContinuation { continuation in
            load(room) { continuation.resume(returning: $0) }
        }
        return try result.get()
    }

    /// Removes everything about the room; false if there was none.
    package func delete(_ room: RoomKeys) async throws -> Bool {
        let keys = [room.meta, room.snapshot, room.log, room.toGateways, room.refused, room.notes]
        let reply = try await commands.evaluate(
            Scripts.delete,
            keys: keys.map(RedisArgument.string),
            arguments: []
        )
        return reply.integer == 1
    }

    /// Begins the time anew after which a room that nobody comes back to is gone.
    package func keep(_ room: RoomKeys, then: @escaping @LoopActor (Bool) -> Void = { _ in }) {
        let keys = [room.meta, room.snapshot, room.log, room.refused, room.notes]
        commands.evaluate(
            Scripts.keep,
            keys: keys.map(RedisArgument.string),
            arguments: [.integer(retentionSeconds)]
        ) { reply in
            then((try? reply.get()) != nil)
        }
    }

    /// Whether Redis answers now.
    package var isAvailable: Bool { commands.isConnected && subscriptions.isConnected }
}
