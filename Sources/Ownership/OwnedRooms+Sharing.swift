package import Coordination
import EventLoopIsolation
import Logging
import RoomModel

/// Evens out what owners have: those that join get their share, without anybody's noticing.
extension OwnedRooms {
    /// A room and a commit a second weigh the same: an owner can hold some 20 000 of the one, and do
    /// about as many of the other.
    package var load: Double { owners.values.reduce(0) { $0 + $1.load } }

    package var isAboveMean: Bool { share.isAboveMean }

    /// What all processes said of themselves, and how long ago.
    package func saw(_ sightings: [ProcessSighting]) {
        let now = clock.uptimeMilliseconds()
        share.saw(
            sightings.compactMap { sighting in
                guard let load = sighting.record.load, sighting.record.name != channels.processName
                else { return nil }
                return FairShare.Other(
                    name: sighting.record.name,
                    load: Double(load),
                    toldAt: now - sighting.silentMilliseconds
                )
            }
        )
    }

    /// To be called about once a second.
    ///
    /// Each room is served here until the owner that is told of it has claimed it.
    package func shareOut() {
        guard !isHandingOver else { return }
        let rooms = owners.values.filter { $0.state.phase == .owned }.map { owner in
            FairShare.OwnRoom(
                owner.room.room,
                load: owner.load,
                changedAt: owner.changedAt,
                handedAt: owner.handedAt
            )
        }
        let handOvers = share.turn(rooms, at: clock.uptimeMilliseconds())
        guard !handOvers.isEmpty else { return }
        logger.info("rooms were handed over", metadata: ["rooms": "\(handOvers.count)"])
        for handOver in handOvers { owners[handOver.room]?.handOver(to: handOver.owner) }
    }
}

extension RoomOwner {
    fileprivate var load: Double { 1 + pace.commitsPerSecond }
}
