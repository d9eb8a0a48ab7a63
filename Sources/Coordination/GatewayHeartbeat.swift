import EventLoopIsolation
import Redis

extension RoomChannels {
    /// How long a gateway counts as living after its last sign of life.
    package static let heartbeatSeconds = 10

    /// Says that this gateway lives, and which version of messages it speaks; to be repeated well within `heartbeatSeconds`.
    package func beat(gateway name: String) {
        commands.send([
            "SET", .string(SharedKeys.heartbeat(ofGateway: name)), "1", "EX",
            .integer(Self.heartbeatSeconds),
        ]) { _ in }
    }

    /// A gateway that stops says so, and its connections' participants need not be waited for.
    package func stopBeating(gateway name: String) {
        commands.send(["DEL", .string(SharedKeys.heartbeat(ofGateway: name))]) { _ in }
    }

    /// Whether the gateway lives; nil where Redis did not say.
    package func isAlive(gateway name: String, then: @escaping @LoopActor (Bool?) -> Void) {
        commands.send(["EXISTS", .string(SharedKeys.heartbeat(ofGateway: name))]) { reply in
            then((try? reply.get())?.integer.map { $0 == 1 })
        }
    }
}
