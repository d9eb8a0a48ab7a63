package import Coordination
import EventLoopIsolation
package import Logging
package import Redis
import RoomModel
import ServiceLifecycle

/// The life of an owner process: waits for rooms without owner, serves them, hands them over.
package struct OwnerService: Service {
    private let rooms: OwnedRooms
    private let channels: RoomChannels
    private let waiter: RedisWaiter
    private let roomsMax: Int
    private let drainSeconds: Int
    private let logger: Logger

    package init(
        rooms: OwnedRooms,
        channels: RoomChannels,
        waiter: RedisWaiter,
        roomsMax: Int,
        drainSeconds: Int,
        logger: Logger
    ) {
        self.rooms = rooms
        self.channels = channels
        self.waiter = waiter
        self.roomsMax = roomsMax
        self.drainSeconds = drainSeconds
        self.logger = logger
    }

    package func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await cancelWhenGracefulShutdown { await waitForOrphans() } }
            group.addTask { await tick() }
            await group.next()
            await handOver()
            group.cancelAll()
        }
    }

    /// Takes rooms in until the process is told to stop; a room that comes with the stop is offered again.
    private func waitForOrphans() async {
        while !Task.isCancelled {
            guard await rooms.count < roomsMax else {
                try? await Task.sleep(for: .seconds(1))
                continue
            }
            if let room = await channels.waitForOrphan(on: waiter) {
                await Task.isCancelled ? channels.offer(room) : rooms.take(room)
            } else if await !waiter.isConnected {
                try? await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    private func tick() async {
        var turn = 0
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            await rooms.tick()
            turn += 1
            if turn.isMultiple(of: 5) { await rooms.checkGateways() }
        }
    }

    /// Offers all rooms and serves on until others have them, or time is up.
    private func handOver() async {
        let count = await rooms.count
        logger.info("hand-over began", metadata: ["rooms": "\(count)"])
        await rooms.offerAll()
        let deadline = ContinuousClock.now + .seconds(drainSeconds)
        while await rooms.attendedCount > 0, ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(20))
        }
        await rooms.letGoOfAll()
    }
}
