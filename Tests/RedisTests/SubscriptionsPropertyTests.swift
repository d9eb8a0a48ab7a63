import NIOCore
import TestSupport
import Testing

@testable import Redis

/// A subscriber's table against a Redis that takes its time, with a wire between them that breaks.
struct SubscriptionsPropertyTests {
    private struct World {
        var random: SeededGenerator
        var table = Subscriptions<Int>()
        /// Commands on their way to Redis, replies on their way back.
        var commands: [RedisCommand] = []
        var replies: [RESPValue] = []
        var subscribed: Set<ByteBuffer> = []
        var published: [ByteBuffer: Int] = [:]

        /// Listeners are numbered; the newest of each channel, while it is wanted.
        var listeners: [ByteBuffer: Int] = [:]
        var lastListener = 0
        /// The last message each confirmed listener has seen, or what was published before.
        var seen: [Int: Int] = [:]
        let channels = ["a", "b", "c"].map { ByteBuffer(string: $0) }

        mutating func step() {
            let channel = channels[random.below(channels.count)]
            switch random.below(100) {
            case 0..<12: want(channel)
            case 12..<20: leave(channel)
            case 20..<45: redisTakesCommand()
            case 45..<65: publish(channel)
            case 65..<95: receive()
            case 95..<97: if table.isConnected { commands.append(table.ping()) }
            default: breakOrConnect()
            }
        }

        private mutating func want(_ channel: ByteBuffer) {
            guard listeners[channel] == nil else { return }
            lastListener += 1
            listeners[channel] = lastListener
            if let command = table.subscribe(channel, lastListener) { commands.append(command) }
        }

        private mutating func leave(_ channel: ByteBuffer) {
            if let listener = listeners.removeValue(forKey: channel) { seen[listener] = nil }
            if let command = table.unsubscribe(channel) { commands.append(command) }
        }

        /// As Redis would, but a confirmation counts the messages so far instead of the channels.
        private mutating func redisTakesCommand() {
            guard !commands.isEmpty else { return }
            let arguments = commands.removeFirst().arguments
            guard arguments.count == 2, case .buffer(let channel) = arguments[1] else {
                return replies.append(
                    subscribed.isEmpty ? string("PONG") : .array([string("pong"), string("")])
                )
            }
            let isSubscribing = arguments[0] == "SSUBSCRIBE"
            if isSubscribing { subscribed.insert(channel) } else { subscribed.remove(channel) }
            let kind = string(isSubscribing ? "ssubscribe" : "sunsubscribe")
            replies.append(.array([kind, .string(channel), .integer(published[channel] ?? 0)]))
        }

        private mutating func publish(_ channel: ByteBuffer) {
            published[channel, default: 0] += 1
            guard subscribed.contains(channel) else { return }
            let number = string("\(published[channel] ?? 0)")
            replies.append(.array([string("smessage"), .string(channel), number]))
        }

        private mutating func receive() {
            guard !replies.isEmpty else { return }
            let reply = replies.removeFirst()
            switch table.receive(reply) {
            case .deliver(let listener, let payload):
                #expect(listeners.values.contains(listener))
                let number = Int(String(buffer: payload)) ?? 0
                #expect(seen[listener] == number - 1, "a gap that nobody was told of")
                seen[listener] = number
            case .confirm(let listener):
                #expect(listeners.values.contains(listener))
                seen[listener] = reply.array?[2].integer
            case .nothing:
                break
            case .refuse, .interrupt, .close:
                Issue.record("unexpected answer to \(reply)")
            }
        }

        private mutating func breakOrConnect() {
            (commands, replies, subscribed) = ([], [], [])
            guard table.isConnected else {
                commands = table.connect()
                return
            }
            #expect(table.disconnect().sorted() == seen.keys.sorted())
            seen = [:]
        }

        /// Nothing happens any more but what is on its way.
        mutating func settle() {
            if !table.isConnected { breakOrConnect() }
            while !commands.isEmpty { redisTakesCommand() }
            while !replies.isEmpty { receive() }
        }
    }

    @Test(arguments: seeds(300))
    func `a confirmed listener misses no message, and every wanted one is confirmed`(seed: UInt64) {
        var world = World(random: SeededGenerator(seed: seed))
        for _ in 1...300 { world.step() }
        world.settle()
        #expect(world.seen.keys.sorted() == world.listeners.values.sorted())
        #expect(world.subscribed == Set(world.listeners.keys))
    }
}
