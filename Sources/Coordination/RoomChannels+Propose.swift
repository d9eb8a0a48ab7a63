// Hot path 2 of 6: publishes a proposal to the room's owner. Next: RoomOwner.swift.

import CoreMetrics
import Logging
import NIOCore
import Redis
package import RoomModel
package import WireFormat

extension RoomChannels {
    /// Hands a message to the room's owner; where there is none, the room is offered.
    ///
    /// Nothing is kept for the next owner: browsers send their proposal again when they hear of its
    /// epoch, and gateways whom they hold.
    package func propose(_ message: OwnerMessage, to room: RoomKeys) {
        let start = NIODeadline.now()
        commands.send(["SPUBLISH", .string(room.toOwner), .buffer(message.encoded())]) {
            [weak self] reply in
            self?.publishing?.recordNanoseconds((NIODeadline.now() - start).nanoseconds)
            guard case .success(.integer(0)) = reply else { return }
            self?.offer(room.room)
        }
    }

    /// Hands over a proposal while the caller watches for what the owner makes of it, and so notices
    /// by itself when there is none.
    package func pass(_ message: OwnerMessage, to room: RoomKeys) {
        commands.tell(["SPUBLISH", .string(room.toOwner), .buffer(message.encoded())])
    }

    /// Offers the room if nobody listens to what is proposed: an owner that was killed took along what
    /// it had not committed, and whoever proposed that hears nothing.
    package func offerIfOrphaned(_ room: RoomKeys) {
        commands.send(["PUBSUB", "SHARDNUMSUB", .string(room.toOwner)]) { [weak self] reply in
            // [channel, how many listen]
            guard (try? reply.get())?.array?.last == .integer(0) else { return }
            self?.offer(room.room)
        }
    }

    /// Puts the room into the queue of those without an owner; once, however often it is offered.
    package func offer(_ room: RoomID) {
        let now = clock.wallMilliseconds()
        commands.send([
            "ZADD", .string(SharedKeys.orphanedRooms), "NX", .integer(now), .string(room.rawValue),
        ]) { [logger] reply in
            let outcome = if case .success = reply { "queued" } else { "failed" }
            logger.debug(
                "room was offered",
                metadata: ["room": "\(room.rawValue)", "outcome": "\(outcome)"]
            )
        }
    }

    /// Publishes what may be lost to everybody in the room.
    package func present(_ message: RoomMessage, in room: RoomKeys) {
        commands.tell(["SPUBLISH", .string(room.toGateways), .buffer(message.encoded())])
    }
}
