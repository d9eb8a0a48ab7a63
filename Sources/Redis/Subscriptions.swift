import NIOCore

/// Which channels one subscriber wants, what Redis has confirmed of them, and where a message goes.
///
/// A channel is *wanted* from `subscribe` to `unsubscribe`; while connected a wanted channel is first
/// *pending*, until Redis confirms it, then *confirmed*. Messages reach the listener of a confirmed
/// channel only. `disconnect` makes all of them pending again, `connect` asks for them anew.
///
/// RESP2 names no command in its answers, and whoever unsubscribes and subscribes again would take
/// the first confirmation for the second. So every command sent is remembered in `owed`, in order.
struct Subscriptions<Listener> {
    private struct Subscription {
        let number: Int
        let listener: Listener
        var isConfirmed = false
    }

    private enum Owed {
        case subscribe(ByteBuffer, number: Int)
        case unsubscribe(ByteBuffer)
        case pong
    }

    /// Keyed by bytes: the name in a message needs no `String` to be looked up.
    private var subscriptions: [ByteBuffer: Subscription] = [:]
    private var owed = CircularBuffer<Owed>()
    private var lastNumber = 0
    private(set) var isConnected = false

    /// How many channels are wanted.
    var count: Int { subscriptions.count }

    // MARK: What callers and the connection do; the result is what to send

    mutating func subscribe(_ channel: ByteBuffer, _ listener: Listener) -> RedisCommand? {
        precondition(subscriptions[channel] == nil, "channel has a subscription already")
        lastNumber += 1
        subscriptions[channel] = Subscription(number: lastNumber, listener: listener)
        return isConnected ? ask(for: channel, number: lastNumber) : nil
    }

    mutating func unsubscribe(_ channel: ByteBuffer) -> RedisCommand? {
        guard subscriptions.removeValue(forKey: channel) != nil, isConnected else { return nil }
        owed.append(.unsubscribe(channel))
        return ["SUNSUBSCRIBE", .buffer(channel)]
    }

    mutating func ping() -> RedisCommand {
        owed.append(.pong)
        return ["PING"]
    }

    mutating func connect() -> [RedisCommand] {
        isConnected = true
        return subscriptions.map { channel, subscription in
            ask(for: channel, number: subscription.number)
        }
    }

    /// The listeners that had been confirmed: they miss messages from now on.
    mutating func disconnect() -> [Listener] {
        isConnected = false
        owed.removeAll()
        var interrupted: [Listener] = []
        for (channel, subscription) in subscriptions where subscription.isConfirmed {
            subscriptions[channel]?.isConfirmed = false
            interrupted.append(subscription.listener)
        }
        return interrupted
    }

    private mutating func ask(for channel: ByteBuffer, number: Int) -> RedisCommand {
        owed.append(.subscribe(channel, number: number))
        return ["SSUBSCRIBE", .buffer(channel)]
    }

    // MARK: What Redis says

    enum Action {
        case deliver(Listener, ByteBuffer)
        case confirm(Listener)
        /// Redis does not allow it; the channel is no longer wanted.
        case refuse(Listener, String)
        /// Redis ended the subscription on its own, as when a channel moves to another shard.
        case interrupt(Listener, resubscribe: RedisCommand)
        case nothing
        /// Not what was owed: the two sides no longer understand each other.
        case close
    }

    mutating func receive(_ reply: RESPValue) -> Action {
        switch reply {
        case .array(let elements) where elements.count == 3:
            guard case .string(let kind) = elements[0], case .string(let channel) = elements[1]
            else { return .close }
            if case .string(let payload) = elements[2], kind == Self.message {
                return message(payload, from: channel)
            }
            return receive(kind, of: channel)
        case .string, .array:
            // PONG comes as a string while there is no channel, else as an array of two.
            guard case .pong = owed.popFirst() else { return .close }
            return .nothing
        case .error(let message):
            return refused(message)
        default:
            return .close
        }
    }

    private static var message: ByteBuffer { SubscriptionWords.message }

    private func message(_ payload: ByteBuffer, from channel: ByteBuffer) -> Action {
        guard let subscription = subscriptions[channel], subscription.isConfirmed else {
            return .nothing
        }
        return .deliver(subscription.listener, payload)
    }

    private mutating func receive(_ kind: ByteBuffer, of channel: ByteBuffer) -> Action {
        switch (kind, owed.first) {
        case (SubscriptionWords.subscribed, .subscribe(channel, let number)):
            owed.removeFirst()
            guard subscriptions[channel]?.number == number else { return .nothing }
            subscriptions[channel]?.isConfirmed = true
            return subscriptions[channel].map { .confirm($0.listener) } ?? .nothing
        case (SubscriptionWords.unsubscribed, .unsubscribe(channel)):
            owed.removeFirst()
            return .nothing
        case (SubscriptionWords.unsubscribed, _):
            return ended(channel)
        default:
            return .close
        }
    }

    private mutating func ended(_ channel: ByteBuffer) -> Action {
        guard let subscription = subscriptions[channel], subscription.isConfirmed else {
            return .nothing
        }
        subscriptions[channel]?.isConfirmed = false
        let command = ask(for: channel, number: subscription.number)
        return .interrupt(subscription.listener, resubscribe: command)
    }

    private mutating func refused(_ message: String) -> Action {
        guard case .subscribe(let channel, let number) = owed.popFirst() else { return .close }
        guard let subscription = subscriptions[channel], subscription.number == number else {
            return .nothing
        }
        subscriptions[channel] = nil
        return .refuse(subscription.listener, message)
    }
}

/// What Redis calls things; kept so that comparing allocates nothing.
private enum SubscriptionWords {
    static let message = ByteBuffer(string: "smessage")
    static let subscribed = ByteBuffer(string: "ssubscribe")
    static let unsubscribed = ByteBuffer(string: "sunsubscribe")
}
