package import CoreMetrics
package import EventLoopIsolation
package import Logging
import NIOCore
package import Redis
package import WireFormat

/// Everything Viva does with Redis, by room: the log, the channels, the queue of rooms without owner.
///
/// Knows all key names and all Lua; knows nothing of HTTP, and decides nothing about rooms.
@LoopActor
package final class RoomChannels {
    let commands: RedisClient
    let subscriptions: RedisSubscriber
    let clock: ProcessClock
    let logger: Logger
    /// Written down with each room that is claimed, for operators.
    package var processName = ""
    /// How long a room is kept after somebody was last in it; 0 until it is deleted.
    package var retentionSeconds = 0
    /// From a proposal until Redis has it; nil where nobody measures.
    package var publishing: Timer?

    /// `commands` has loaded `Scripts.all`.
    package init(
        commands: RedisClient,
        subscriptions: RedisSubscriber,
        clock: ProcessClock,
        logger: Logger
    ) {
        self.commands = commands
        self.subscriptions = subscriptions
        self.clock = clock
        self.logger = logger
    }

    /// What a listener of a room's channel is told.
    package enum Event<Message> {
        /// Whatever is published from now on arrives; earlier messages may have been missed.
        case listening
        case message(Message)
        /// Messages are being missed, until `listening`.
        case interrupted
        /// Redis refuses the channel: nothing more will come.
        case refused
    }

    /// Hears what gateways tell the room's owner, until `stopOwning`.
    package func own(
        _ room: RoomKeys,
        _ listener: @escaping @LoopActor (Event<OwnerMessage>) -> Void
    ) {
        listen(room.toOwner, OwnerMessage.init, listener)
    }

    package func stopOwning(_ room: RoomKeys) {
        subscriptions.unsubscribe(room.toOwner)
    }

    /// Hears what is published to everybody in the room, until `stopFollowing`.
    package func follow(
        _ room: RoomKeys,
        _ listener: @escaping @LoopActor (Event<RoomMessage>) -> Void
    ) {
        listen(room.toGateways, RoomMessage.init, listener)
    }

    package func stopFollowing(_ room: RoomKeys) {
        subscriptions.unsubscribe(room.toGateways)
    }

    /// A message of another version is passed over: old and new processes run side by side.
    func listen<Message>(
        _ channel: String,
        _ decode: @escaping (ByteBuffer) throws(WireError) -> Message,
        _ listener: @escaping @LoopActor (Event<Message>) -> Void
    ) {
        subscriptions.subscribe(channel) { [logger] event in
            switch event {
            case .subscribed: listener(.listening)
            case .interrupted: listener(.interrupted)
            case .refused(let error):
                logger.error("channel was refused", metadata: ["reason": "\(error)"])
                listener(.refused)
            case .message(let bytes):
                do {
                    listener(.message(try decode(bytes)))
                } catch {
                    logger.debug("message was passed over", metadata: ["reason": "\(error)"])
                }
            }
        }
    }
}
