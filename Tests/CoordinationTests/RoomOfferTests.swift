import Coordination
import EventLoopIsolation
import NIOCore
import Redis
import RoomModel
import Testing
import WireFormat

/// How a proposal finds the room's owner, or the room one.
@LoopActor
@Suite struct RoomOfferTests {
    let join = OwnerMessage.join(
        OwnerMessage.Sender(
            connection: ConnectionID(rawValue: "g1.a"),
            participant: ParticipantID(rawValue: "ada"),
            role: .interviewer
        ),
        name: "Ada"
    )

    /// Who waits for an owner, with the time since when.
    private func offered(_ redis: LiveRedis) async throws -> [String] {
        // The answer to a proposal leads to the offer: it has come when that to a later command has.
        _ = try await redis.commands.send(["PING"])
        let command: RedisCommand = ["ZRANGE", "rooms:orphaned", 0, -1, "WITHSCORES"]
        return try await redis.commands.send(command).array?.compactMap(\.text) ?? []
    }

    @Test func `a proposal reaches the owner, and the room is not offered`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let owner = await redis.channels.owning(room)
            redis.channels.propose(join, to: room)
            #expect(await owner.next() == .owner(join))
            let rooms = try await offered(redis)
            #expect(rooms == [])
        }
    }

    @Test func `where nobody listens the room is offered, once however often`() async throws {
        try await LiveRedis.run { redis in
            for _ in 1...3 { redis.channels.propose(join, to: .interview) }
            redis.channels.offer(RoomKeys.interview.room)
            let rooms = try await offered(redis)
            #expect(rooms == ["r1", "\(LiveRedis.now)"])
        }
    }

    @Test func `an owner that has stopped is nobody, and its room is offered`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let owner = await redis.channels.owning(room)
            redis.channels.stopOwning(room)
            // Subscribing elsewhere is confirmed after that.
            _ = await redis.channels.owning(.other)
            redis.channels.propose(join, to: room)
            let rooms = try await offered(redis)
            #expect(rooms == ["r1", "\(LiveRedis.now)"])
            #expect(owner.isEmpty)
        }
    }

    @Test func `a room that is offered goes to one who waits for it`() async throws {
        try await LiveRedis.run { redis in
            try await redis.withWaiter { waiter in
                redis.channels.propose(join, to: .interview)
                redis.channels.propose(join, to: .other)
                let first = await redis.channels.waitForOrphans(upTo: 1, on: waiter)
                let second = await redis.channels.waitForOrphans(upTo: 1, on: waiter)
                #expect([first, second] == [[RoomKeys.interview.room], [RoomKeys.other.room]])
                let rooms = try await offered(redis)
                #expect(rooms == [])
            }
        }
    }

    @Test func `of several rooms that wait, who comes gets as many as there is place for`()
        async throws
    {
        try await LiveRedis.run { redis in
            try await redis.withWaiter { waiter in
                let names = (1...5).map { "room\($0)" }
                for name in names { redis.channels.offer(RoomID(rawValue: name)) }
                let first = await redis.channels.waitForOrphans(upTo: 3, on: waiter)
                let second = await redis.channels.waitForOrphans(upTo: 3, on: waiter)
                #expect(first + second == names.map(RoomID.init(rawValue:)))
                #expect(first.count == 3)
            }
        }
    }

    @Test func `who waits already gets what is offered later`() async throws {
        try await LiveRedis.run { redis in
            try await redis.withWaiter { waiter in
                async let found = redis.channels.waitForOrphans(upTo: 9, on: waiter)
                redis.channels.offer(RoomKeys.interview.room)
                #expect(await found == [RoomKeys.interview.room])
            }
        }
    }

    @Test func `a cancelled wait ends with nothing, and takes no room along`() async throws {
        try await LiveRedis.run { redis in
            try await redis.withWaiter { waiter in
                let wait = Task { await redis.channels.waitForOrphans(upTo: 9, on: waiter) }
                wait.cancel()
                #expect(await wait.value == [])
                redis.channels.offer(RoomKeys.interview.room)
                let rooms = try await offered(redis)
                #expect(rooms == ["r1", "\(LiveRedis.now)"])
            }
        }
    }

    @Test func `presence reaches whoever follows the room`() async throws {
        try await LiveRedis.run { redis in
            let gateway = await redis.channels.following(.interview)
            let presence = RoomMessage.presence(
                by: ParticipantID(rawValue: "ada"),
                body: ByteBuffer(string: "{}")
            )
            redis.channels.present(presence, in: .interview)
            #expect(await gateway.next() == .gateways(presence))
        }
    }

    @Test func `a message of another version is passed over`() async throws {
        try await LiveRedis.run { redis in
            let owner = await redis.channels.owning(.interview)
            let channel = RedisArgument.string(RoomKeys.interview.toOwner)
            _ = try await redis.commands.send(["SPUBLISH", channel, "2 whatever\n"])
            redis.channels.propose(join, to: .interview)
            #expect(await owner.next() == .owner(join))
        }
    }

    @Test func `a gateway lives as long as it says so`() async throws {
        try await LiveRedis.run { redis in
            let answers = Inbox<Bool?>()
            redis.channels.isAlive(gateway: "g1") { answers.put($0) }
            redis.channels.beat(gateway: "g1")
            redis.channels.isAlive(gateway: "g1") { answers.put($0) }
            redis.channels.stopBeating(gateway: "g1")
            redis.channels.isAlive(gateway: "g1") { answers.put($0) }
            for expected in [false, true, false] { #expect(await answers.next() == expected) }
        }
    }
}
