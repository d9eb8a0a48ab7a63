import ArgumentParser
import Coordination
import EventLoopIsolation
import Hummingbird
import Ownership
import Redis
import ServiceLifecycle
import Settings

/// `viva owner`: owns rooms and orders their edits.
struct OwnerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "owner",
        abstract: "Own rooms: order their edits, write their log."
    )

    @OptionGroup var options: SettingOptions

    @LoopActor
    func run() async throws {
        let process = Process(try options.configuration(for: .owner))
        let rooms = OwnedRooms(
            channels: process.channels,
            clock: .system,
            metrics: OwnerMetrics(process.metrics.registry),
            roomsMax: process.configuration.roomsMax,
            spans: process.tracing?.spans,
            logger: process.logger
        )
        let waiter = process.waiter()
        waiter.start()
        let service = OwnerService(
            rooms: rooms,
            channels: process.channels,
            waiter: waiter,
            drainSeconds: process.configuration.drainSeconds,
            logger: process.logger
        )
        process.metrics.gauge("viva_rooms_owned") { Double(rooms.count) }
        process.metrics.gauge("viva_owner_load") { rooms.load }
        let channels = process.channels
        let facts = ProcessFacts(
            missingPart: {
                if rooms.isHandingOver { return "draining" }
                return channels.isAvailable && waiter.isConnected ? nil : "redis"
            },
            connections: { 0 },
            rooms: { rooms.count },
            load: { rooms.takesRooms ? Int(rooms.load) : nil }
        )
        try await process.run([service], facts) { room, epoch in
            rooms.take(room, after: epoch)
        }
    }
}
