import Coordination
import CoreMetrics
import EventLoopIsolation
import Logging
import NIOCore
import RoomModel
import SocketIO
import WireFormat

/// What goes to the owner, and whether it answers.
extension RoomAudience {
    /// Whether the room as a whole may bring one more proposal, so that other rooms have their owner too.
    func allows(_ bytes: Int, at now: Int) -> Bool { rates.allows(bytes: bytes, at: now) }

    /// Passes a proposal on.
    ///
    /// Not while the channel is interrupted, behind which Redis may have lost the revision that the
    /// proposal was made at and given it out again; browsers are asked once that is known.
    func propose(_ message: OwnerMessage, at now: Int) {
        guard feed.isCertain else { return }
        watch.asked(at: now)
        becameRestless()
        if timer.isFree, metrics.sampler.takes(at: now) {
            timer.began(message, at: .now())
            channels.propose(message, to: room)
        } else {
            channels.pass(message, to: room)
        }
    }

    func present(_ body: ByteBuffer, by participant: ParticipantID) {
        channels.present(.presence(by: participant, body: body), in: room)
    }

    func pulse(_ body: ByteBuffer, by participant: ParticipantID) {
        channels.present(.pulse(by: participant, body: body), in: room)
    }

    func sayWhomWeHold() {
        let senders = connections.values.map(\.sender)
        guard let gateway = senders.first?.connection.gateway else { return }
        channels.propose(.holding(gateway: gateway, senders), to: room)
    }

    /// Browsers answer an epoch by sending again what is in flight.
    func askForProposals() {
        let epoch = #"{"epoch":\#(feed.epoch.rawValue)}"#
        let packet = PreparedPacket.event("epoch", argumentsJSON: ByteBuffer(string: epoch))
        for connection in connections.values {
            if connection.arrival == nil { connection.send(packet) } else { ask(connection) }
        }
    }

    /// Redis was away: who waits for an answer may wait for one that was lost, or was never asked.
    func redisReturned() {
        if watch.isWaiting, feed.isCertain { askForProposals() }
    }

    func watchOwner(at now: Int) {
        switch watch.tick(at: now) {
        case .look: channels.offerIfOrphaned(room)
        case .offer:
            metrics.silentOwners.increment()
            logger.info("owner was silent", metadata: ["room": "\(room.room.rawValue)"])
            channels.offer(room.room)
        case .wait: break
        }
    }
}
