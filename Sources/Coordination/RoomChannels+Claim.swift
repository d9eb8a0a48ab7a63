import EventLoopIsolation
import JSONText
import Logging
import NIOCore
package import Redis
package import RoomModel
import WireFormat

/// A room as its new owner found it.
package struct ClaimedRoom: Sendable {
    package let epoch: Epoch
    package let room: Room
    package let snapshotRevision: Revision
    package let refusals: [Refusal]
}

extension RoomChannels {
    /// Waits until rooms have no owner; none when the wait ended without one, or Redis is away.
    ///
    /// Redis hands each room to the process that has waited longest, and several to one that comes when so many
    /// are waiting already. A cancelled task ends the wait, and gets what Redis had given it just then.
    package func waitForOrphans(upTo countMax: Int, on waiter: RedisWaiter) async -> [RoomID] {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let key = RedisArgument.string(SharedKeys.orphanedRooms)
                waiter.wait {
                    ["BZMPOP", .integer($0), 1, key, "MIN", "COUNT", .integer(countMax)]
                } then: { reply in
                    // [key, [[member, score]]]
                    let found = (try? reply.get())?.array?.last?.array ?? []
                    let rooms = found.compactMap { $0.array?.first?.text }
                    continuation.resume(returning: rooms.map(RoomID.init))
                }
                if Task.isCancelled { waiter.cancel(through: commands) }
            }
        } onCancel: {
            LoopActor.eventLoop.execute {
                LoopActor.assumeIsolated { waiter.cancel(through: self.commands) }
            }
        }
    }

    /// The epoch of a room's newest owner, nil if there is no such room.
    package func epoch(of room: RoomKeys, then: @escaping @LoopActor (Epoch?) -> Void) {
        commands.send(["HGET", .string(room.meta), "epoch"]) { reply in
            let text = (try? reply.get())?.text
            then(text.flatMap { Int($0) }.map(Epoch.init))
        }
    }

    /// Makes this process the owner, if `seen` is still the newest epoch.
    ///
    /// The room comes with as much history before its snapshot as late edits may need.
    package func claim(
        _ room: RoomKeys,
        seen: Epoch,
        then: @escaping @LoopActor (ClaimedRoom?) -> Void
    ) {
        let keys = [
            room.meta, room.snapshot, room.log, room.toOwner, room.toGateways, room.refused,
        ]
        commands.evaluate(
            Scripts.claim,
            keys: keys.map(RedisArgument.string),
            arguments: [
                .integer(seen.rawValue), .integer(Limits.Log.historyCommitsMax),
                .string(processName),
            ]
        ) { [self] reply in
            if case .success(.string(let format)) = reply {
                logNewer(String(buffer: format), room)
                return then(nil)
            }
            guard let parts = (try? reply.get())?.array else { return then(nil) }
            do {
                then(try ClaimedRoom(parts))
            } catch {
                // Nobody can own a room whose log does not follow from its snapshot.
                logger.error(
                    "room could not be read",
                    metadata: ["room": "\(room.room.rawValue)", "reason": "\(error)"]
                )
                then(nil)
            }
        }
    }
}

extension RoomChannels {
    /// Whoever reads this has to update this process, or to wait until it is replaced: the room is
    /// served by processes of the newer version, and nothing about it was changed here.
    func logNewer(_ format: String, _ room: RoomKeys) {
        logger.error(
            "room was written by a newer version",
            metadata: ["room": "\(room.room.rawValue)", "format": "\(format)"]
        )
    }
}

extension ClaimedRoom {
    /// From claim.lua's answer, in its order.
    fileprivate init(_ parts: [RESPValue]) throws {
        guard parts.count == 7, let epoch = parts[0].integer, let revision = parts[2].integer,
            let snapshot = parts[3].bytes, let entries = parts[4].array,
            let refused = parts[5].array, let title = parts[6].text
        else { throw WireError.malformed }
        var room = Room(try Snapshot(json: snapshot, createdWith: title))
        let commits = try entries.map { try Commit(json: try LogEntry($0).json) }
        let tail = commits.drop { $0.revision <= room.revision }
        room.prependHistory(Array(commits[..<tail.startIndex]))
        for commit in tail { try room.fold(commit) }
        self.epoch = Epoch(rawValue: epoch)
        self.room = room
        snapshotRevision = Revision(rawValue: revision)
        refusals = stride(from: 0, to: refused.count - 1, by: 2).compactMap { place in
            guard let participant = refused[place].text, let field = refused[place + 1].text else {
                return nil
            }
            return Refusal(participant: participant, field: field)
        }
    }
}
