import Coordination
import EventLoopIsolation
import NIOCore
import Redis
import RoomModel
import Testing
import WireFormat

@LoopActor
@Suite struct ProcessTests {
    private func record(_ name: String) -> ProcessRecord {
        var record = ProcessRecord()
        record.name = name
        record.role = "gateway"
        record.version = "0.1.0"
        record.internalAddress = "127.0.0.1:9081"
        record.processID = 7
        record.startedMilliseconds = LiveRedis.now
        record.missingPart = "draining"
        record.connections = 12
        record.rooms = 3
        record.lagMicroseconds = 1_500
        record.load = name == "o1" ? 17 : nil
        return record
    }

    @Test func `what a process says of itself is read as it was said`() async throws {
        try await LiveRedis.run { redis in
            redis.channels.beat(record("o1"))
            redis.channels.beat(record("g1"))
            let sightings = try await redis.channels.processes()
            #expect(sightings.map(\.record) == [record("g1"), record("o1")])
            #expect(sightings.allSatisfy { (0..<60_000).contains($0.silentMilliseconds) })
        }
    }

    @Test func `a record of a later version is read as far as it is known`() throws {
        let json = #"{"name":"g1","mood":{"good":[1]},"rooms":4}"#
        let read = try ByteBuffer(string: json).withUnsafeReadableBytes {
            try ProcessRecord(json: $0)
        }
        #expect((read.name, read.rooms, read.role, read.load) == ("g1", 4, "", nil))
    }

    @Test func `a process that has stopped is not there any more`() async throws {
        try await LiveRedis.run { redis in
            redis.channels.beat(record("g1"))
            redis.channels.beat(record("g2"))
            await redis.channels.forget(process: "g1")
            let sightings = try await redis.channels.processes()
            #expect(sightings.map(\.record.name) == ["g2"])
        }
    }

    @Test func `a name is forgotten with the last word of its process`() async throws {
        try await LiveRedis.run { redis in
            redis.channels.beat(record("g1"))
            redis.channels.beat(record("g2"))
            // As an hour later.
            _ = try await redis.commands.send(["DEL", "process:g1"])
            let sightings = try await redis.channels.processes()
            #expect(sightings.map(\.record.name) == ["g2"])
            await redis.channels.forgetLongSilent()
            let names = try await redis.commands.send(["SCARD", "processes"])
            #expect(names == .integer(1))
        }
    }

    @Test func `an order reaches the process that it names`() async throws {
        try await LiveRedis.run { redis in
            let heard = Inbox<ProcessOrder>()
            redis.channels.hearOrders(to: "g1") { heard.put($0) }
            while try await redis.channels.tell(.drain, to: "g1") == 0 {}
            #expect(await heard.next() == .drain)
            let hearers = try await redis.channels.tell(.drain, to: "g2")
            #expect(hearers == 0)
        }
    }

    @Test func `a room is handed to the process that is named, with its epoch`() async throws {
        try await LiveRedis.run { redis in
            let heard = Inbox<ProcessOrder>()
            redis.channels.hearOrders(to: "o2") { heard.put($0) }
            while try await redis.channels.tell(.drain, to: "o2") == 0 {}
            #expect(await heard.next() == .drain)
            redis.channels.handOver(.interview, after: Epoch(rawValue: 3), to: "o2")
            #expect(
                await heard.next()
                    == .take(RoomKeys.interview.room, after: Epoch(rawValue: 3))
            )
        }
    }

    // MARK: Rooms

    @Test func `a room says who owns it and what its log ends with`() async throws {
        try await LiveRedis.run { redis in
            redis.channels.processName = "o7"
            let room = try await redis.ownedRoom()
            _ = await redis.channels.commit(try letters(3), epoch: 1, in: room)
            let inspected = try await redis.channels.inspect(room, tail: 2)
            #expect(inspected.ownerName == "o7")
            #expect((inspected.listeners, inspected.logLength) == (0, 4))
            #expect(inspected.tail.map(\.revision) == [3, 4])
            #expect(inspected.tail.map(\.kind) == ["edit", "edit"])
            #expect(inspected.tail.map(\.number) == [2, 3])
            #expect(inspected.tail.map(\.participant) == ["ada", "ada"])
        }
    }

    @Test func `an owner that did not write its name down takes none from the one before`()
        async throws
    {
        try await LiveRedis.run { redis in
            redis.channels.processName = "o7"
            let room = try await redis.ownedRoom()
            // As an older version claims.
            _ = try await redis.commands.send(["HINCRBY", .string(room.meta), "epoch", 1])
            let inspected = try await redis.channels.inspect(room, tail: 1)
            #expect(inspected.ownerName == nil)
        }
    }

    @Test func `a room that is not there cannot be inspected`() async throws {
        try await LiveRedis.run { redis in
            await #expect(throws: LoadError.unknownRoom) {
                try await redis.channels.inspect(.other, tail: 1)
            }
        }
    }
}
