package import EventLoopIsolation
package import Logging
package import NIOCore

/// What a subscription tells its listener.
package enum SubscriptionEvent: Hashable, Sendable {
    /// Every message published from now on arrives, until `interrupted`. What was published before,
    /// also between an interruption and this, may have been missed: compare revisions now.
    case subscribed
    case message(ByteBuffer)
    /// Messages are lost from now on; `subscribed` follows when Redis is back.
    case interrupted
    /// Redis did not accept the channel, or there are too many: the subscription has ended.
    case refused(RedisError)
}

package typealias SubscriptionListener = @LoopActor (SubscriptionEvent) -> Void

/// Receives what is published on sharded channels, over a connection of its own, and subscribes
/// again to all of them when the connection had to be restored.
@LoopActor
package final class RedisSubscriber {
    package var onConnected: (@LoopActor () -> Void)?
    /// Called after every listener has been told that it is interrupted.
    package var onDisconnected: (@LoopActor () -> Void)?

    private let settings: RedisSettings
    private let reconnector: Reconnector
    private var subscriptions = Subscriptions<SubscriptionListener>()

    package init(
        settings: RedisSettings,
        jitter: @escaping @LoopActor () -> Double = { .random(in: 0...1) },
        logger: Logger
    ) {
        self.settings = settings
        reconnector = Reconnector(settings: settings, jitter: jitter, logger: logger)
        reconnector.onReady = { [weak self] connection in self?.becameReady(connection) }
        reconnector.onLost = { [weak self] in self?.lost() }
    }

    package var isConnected: Bool { reconnector.connection != nil }

    package func start() { reconnector.start() }

    /// Closes the connection; listeners are told `interrupted`.
    package func stop() { reconnector.stop() }

    /// Wants the channel from now on, connected or not; a channel has one listener at a time.
    package func subscribe(_ channel: String, _ listener: @escaping SubscriptionListener) {
        guard subscriptions.count < settings.channelsMax else {
            return listener(.refused(.overloaded))
        }
        post(subscriptions.subscribe(ByteBuffer(string: channel), listener))
    }

    /// From here on the listener hears nothing; a channel without subscription is ignored.
    package func unsubscribe(_ channel: String) {
        post(subscriptions.unsubscribe(ByteBuffer(string: channel)))
    }

    // MARK: The connection

    private func becameReady(_ connection: RedisConnection) {
        connection.onUnmatched = { [weak self] reply in self?.received(reply) }
        connection.onQuiet = { [weak self] in
            guard let self else { return }
            post(subscriptions.ping())
        }
        for command in subscriptions.connect() { connection.post(command) }
        onConnected?()
    }

    private func lost() {
        for listener in subscriptions.disconnect() { listener(.interrupted) }
        onDisconnected?()
    }

    private func post(_ command: RedisCommand?) {
        guard let command else { return }
        reconnector.connection?.post(command)
    }

    private func received(_ reply: RESPValue) {
        switch subscriptions.receive(reply) {
        case .deliver(let listener, let payload):
            listener(.message(payload))
        case .confirm(let listener):
            listener(.subscribed)
        case .refuse(let listener, let message):
            listener(.refused(.refused(message)))
        case .interrupt(let listener, let command):
            post(command)
            listener(.interrupted)
        case .nothing:
            break
        case .close:
            reconnector.connection?.close(because: .malformedReply("not what a subscriber expects"))
        }
    }
}
