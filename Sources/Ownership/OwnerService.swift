package import Coordination
import EventLoopIsolation
package import Logging
package import Redis
import RoomModel
import ServiceLifecycle

/// The life of an owner process: waits for rooms without owner, serves them, hands them over.
package struct OwnerService: Service {
    /// Claims go together in one turn of the loop, which goes on serving the other rooms after it.
    private static let orphansPerTurn = 16

    private let rooms: OwnedRooms
    private let channels: RoomChannels
    private let waiter: RedisWaiter
    private let drainSeconds: Int
    private let logger: Logger

    package init(
        rooms: OwnedRooms,
        channels: RoomChannels,
        waiter: RedisWaiter,
        drainSeconds: Int,
        logger: Logger
    ) {
        self.rooms = rooms
        self.channels = channels
        self.waiter = waiter
        self.drainSeconds = drainSeconds
        self.logger = logger
    }

    package func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await cancelWhenGracefulShutdown { await waitForOrphans() } }
            group.addTask { await keepTime() }
            group.addTask { await watchOthers() }
            await group.next()
            await handOver()
            group.cancelAll()
        }
    }

    /// Takes rooms in until the process is told to stop; what comes with the stop is offered again.
    ///
    /// Whoever has more than others pauses after each room, so that those who have less and wait get the rest.
    /// What is there at once was waiting: nobody else wants it, and the next need not wait.
    private func waitForOrphans() async {
        var isYielding = false
        while !Task.isCancelled {
            if isYielding { try? await Task.sleep(for: .milliseconds(100)) }
            let asked = ContinuousClock.now
            let places = await rooms.placesLeft
            guard places > 0 else {
                try? await Task.sleep(for: .seconds(1))
                continue
            }
            let countMax = isYielding ? 1 : min(places, Self.orphansPerTurn)
            let orphans = await channels.waitForOrphans(upTo: countMax, on: waiter)
            if !orphans.isEmpty {
                await takeIn(orphans)
                let haveWaited = ContinuousClock.now - asked < .milliseconds(10)
                isYielding = await rooms.isAboveMean && !haveWaited
            } else if await !waiter.isConnected {
                try? await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    @LoopActor
    private func takeIn(_ orphans: [RoomID]) {
        for room in orphans { Task.isCancelled ? channels.offer(room) : rooms.take(room) }
    }

    /// Tenths of a second: some rooms are looked after at each, the rest is done at its multiples.
    private func keepTime() async {
        var turn = 0
        while (try? await Task.sleep(for: .milliseconds(100))) != nil {
            await rooms.tick()
            turn += 1
            if turn.isMultiple(of: 10) { await rooms.shareOut() }
            if turn.isMultiple(of: 50) { await rooms.checkGateways() }
        }
    }

    /// Reads what other owners have: it is as old as their last beat.
    private func watchOthers() async {
        while (try? await Task.sleep(for: .seconds(3))) != nil {
            if let sightings = try? await channels.processes() { await rooms.saw(sightings) }
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
