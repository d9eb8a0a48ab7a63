package import Coordination
package import EventLoopIsolation

/// Whether this gateway may be given work.
@LoopActor
package final class Readiness {
    private let channels: RoomChannels
    private var isDraining = false

    package init(channels: RoomChannels) {
        self.channels = channels
    }

    /// From here on the answer is no.
    package func drain() { isDraining = true }

    /// What is missing; nil when nothing is.
    package var missingPart: String? {
        if isDraining { return "draining" }
        return channels.isAvailable ? nil : "redis"
    }
}
