import Coordination
import CoreMetrics
import EventLoopIsolation
import Logging
import RoomModel
import WireFormat

/// How a room comes to this process, and how it leaves it.
extension RoomOwner {
    /// Claims the room.
    ///
    /// The epoch is read first, so that of two processes that were offered the room one succeeds.
    /// Then the channel is listened to, and only then the room is claimed: a proposal that is
    /// published after the claim finds us, and one from before it is sent again by its browser.
    func claim() {
        channels.epoch(of: room) { seen in
            guard let seen, !self.isGone else { return self.letGo(because: "unknown room") }
            self.listenAndClaim(seen: seen)
        }
    }

    /// Claims a room from the owner that hands it over, in the epoch in which it did.
    func claim(after epoch: Epoch) {
        handedAt = clock.uptimeMilliseconds()
        listenAndClaim(seen: epoch)
    }

    private func listenAndClaim(seen: Epoch) {
        channels.own(room) { event in
            switch event {
            case .listening: self.claim(seen: seen)
            case .message(let message): self.received(message)
            case .interrupted: self.letGo(because: "subscription interrupted")
            case .refused: self.letGo(because: "subscription refused")
            }
        }
    }

    private func claim(seen: Epoch) {
        guard state.phase == .claiming else { return }
        channels.claim(room, seen: seen) { claimed in
            guard let claimed else { return self.letGo(because: "not claimed") }
            self.state.claimed(
                claimed.room,
                epoch: claimed.epoch,
                snapshotRevision: claimed.snapshotRevision,
                refusals: claimed.refusals
            )
            self.channels.keep(self.room)
            self.metrics.claims.increment()
            self.logger.debug("room was claimed", metadata: self.about)
            self.scheduleTurn()
        }
    }

    /// Tells another owner to claim the room, and serves on until it has.
    ///
    /// The snapshot is written first, so that there is little to read.
    func handOver(to owner: String) {
        guard let epoch = state.epoch, state.phase == .owned else { return }
        isHandedOver = true
        saveSnapshot(after: 1)
        channels.handOver(room, after: epoch, to: owner)
    }

    func lost(because reason: String) {
        if isHandedOver, !isGone { metrics.handedOver.increment() }
        letGo(because: reason)
    }

    /// Forgets the room; whoever owns it next reads the log.
    ///
    /// Safe to call again.
    func letGo(because reason: String) {
        // The channel may be listened to by whoever claims the room anew in this process.
        guard !isGone else { return }
        isGone = true
        state.letGo()
        channels.stopOwning(room)
        logger.debug("room was let go", metadata: about.merging(["reason": "\(reason)"]) { $1 })
        onGone(self)
    }
}
