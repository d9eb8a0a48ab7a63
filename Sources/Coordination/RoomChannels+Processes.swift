import EventLoopIsolation
import NIOCore
package import Redis
package import RoomModel
package import WireFormat

/// A process of the deployment, and when it was heard of last.
package struct ProcessSighting: Sendable {
    package let record: ProcessRecord
    /// By Redis' clock, so that no two machines have to agree on the time.
    package let silentMilliseconds: Int
}

extension RoomChannels {
    /// How long Redis remembers a process that says nothing any more.
    private static let memorySeconds = 3_600

    /// Says that a process is there, and how it is.
    package func beat(_ record: ProcessRecord) {
        commands.send([
            "SET", .string(SharedKeys.record(ofProcess: record.name)), .bytes(record.json), "EX",
            .integer(Self.memorySeconds),
        ]) { _ in }
        commands.send(["SADD", .string(SharedKeys.processes), .string(record.name)]) { _ in }
    }

    /// A process that stops as it should leaves nothing behind.
    package func forget(process name: String) async {
        _ = try? await commands.send(["DEL", .string(SharedKeys.record(ofProcess: name))])
        _ = try? await commands.send(["SREM", .string(SharedKeys.processes), .string(name)])
    }

    /// All processes that were heard of within the last hour, by name.
    package func processes() async throws(RedisError) -> [ProcessSighting] {
        let names = try await commands.send(["SMEMBERS", .string(SharedKeys.processes)])
        var sightings: [ProcessSighting] = []
        for name in (names.array ?? []).compactMap(\.text).sorted() {
            if let sighting = try await sighting(of: name) { sightings.append(sighting) }
        }
        return sightings
    }

    /// A process that another takes the place of without a word is forgotten with its record.
    package func forgetLongSilent() async {
        let names = try? await commands.send(["SMEMBERS", .string(SharedKeys.processes)])
        for name in (names?.array ?? []).compactMap(\.text) {
            let key = SharedKeys.record(ofProcess: name)
            guard (try? await commands.send(["EXISTS", .string(key)])) == .integer(0) else {
                continue
            }
            _ = try? await commands.send(["SREM", .string(SharedKeys.processes), .string(name)])
        }
    }

    private func sighting(of name: String) async throws(RedisError) -> ProcessSighting? {
        let key = SharedKeys.record(ofProcess: name)
        let bytes = try await commands.send(["GET", .string(key)]).bytes
        let rest = try await commands.send(["PTTL", .string(key)]).integer ?? 0
        guard rest > 0,
            let record = bytes.flatMap({ buffer in
                buffer.withUnsafeReadableBytes { try? ProcessRecord(json: $0) }
            })
        else { return nil }
        return ProcessSighting(
            record: record,
            silentMilliseconds: max(0, 1_000 * Self.memorySeconds - rest)
        )
    }

    /// How many rooms wait for an owner.
    package func orphanCount() async throws(RedisError) -> Int {
        try await commands.send(["ZCARD", .string(SharedKeys.orphanedRooms)]).integer ?? 0
    }

    // MARK: Orders

    /// Hears what operators and other processes tell this one.
    package func hearOrders(
        to process: String,
        _ listener: @escaping @LoopActor (ProcessOrder) -> Void
    ) {
        listen(SharedKeys.orders(toProcess: process), ProcessOrder.init) { event in
            if case .message(let order) = event { listener(order) }
        }
    }

    /// Tells a process something; how many have heard it.
    package func tell(_ order: ProcessOrder, to process: String) async throws(RedisError) -> Int {
        let channel = SharedKeys.orders(toProcess: process)
        return try await commands.send([
            "SPUBLISH", .string(channel), .buffer(order.encoded()),
        ]).integer ?? 0
    }

    /// Tells another owner to claim a room; where nobody hears it, all stays as it is.
    package func handOver(_ room: RoomKeys, after epoch: Epoch, to process: String) {
        let order = ProcessOrder.take(room.room, after: epoch)
        commands.send([
            "SPUBLISH", .string(SharedKeys.orders(toProcess: process)), .buffer(order.encoded()),
        ]) { _ in }
    }
}
