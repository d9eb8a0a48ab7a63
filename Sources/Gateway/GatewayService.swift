package import Coordination
import EventLoopIsolation
package import Logging
import NIOCore
import ServiceLifecycle
import SocketIO
package import SocketIOServer

/// The life of a gateway's connections: their time is kept, and at the end they are sent elsewhere.
package struct GatewayService: Service {
    private let name: String
    private let audiences: Audiences
    private let endpoint: SocketIOEndpoint
    private let channels: RoomChannels
    private let readiness: Readiness
    private let drainSeconds: Int
    private let logger: Logger

    package init(
        name: String,
        audiences: Audiences,
        endpoint: SocketIOEndpoint,
        channels: RoomChannels,
        readiness: Readiness,
        drainSeconds: Int,
        logger: Logger
    ) {
        self.name = name
        self.audiences = audiences
        self.endpoint = endpoint
        self.channels = channels
        self.readiness = readiness
        self.drainSeconds = drainSeconds
        self.logger = logger
    }

    package func run() async throws {
        await endpoint.start()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await keepTime() }
            try? await gracefulShutdown()
            await drain()
            group.cancelAll()
        }
        await channels.stopBeating(gateway: name)
        await endpoint.stop()
    }

    /// Tenths of a second: rooms are looked after at each, the heartbeat goes at its multiple.
    private func keepTime() async {
        var turn = 0
        repeat {
            await audiences.tick()
            if turn.isMultiple(of: 30) { await channels.beat(gateway: name) }
            turn += 1
        } while (try? await Task.sleep(for: .milliseconds(100))) != nil
    }

    /// Tells every connection to go elsewhere, each at its own moment, and waits until they have.
    ///
    /// Spread out, because whoever takes them has to welcome each one.
    private func drain() async {
        await readiness.drain()
        await endpoint.refuseNewcomers()
        let connections = await endpoint.connections
        logger.info("gateway is draining", metadata: ["connections": "\(connections.count)"])
        for connection in connections {
            let milliseconds = Int.random(in: 0...max(1, drainSeconds * 500))
            let argument = ByteBuffer(
                string: #"{"reason":"restart","reconnectAfter":\#(milliseconds)}"#
            )
            await connection.send(.event("closing", argumentsJSON: argument))
        }
        let deadline = ContinuousClock.now + .seconds(drainSeconds)
        while await !endpoint.connections.isEmpty, ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(50))
        }
    }
}
