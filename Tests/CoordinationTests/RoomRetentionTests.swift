import Coordination
import EventLoopIsolation
import Redis
import RoomModel
import Testing

/// How long Redis keeps a room: all that it has of it for as long.
@LoopActor
@Suite struct RoomRetentionTests {
    private static let days = 30

    /// When each key is gone, in milliseconds since 1970; -1 for never.
    private func expiries(_ redis: LiveRedis) async throws -> [String: Int] {
        var found: [String: Int] = [:]
        for key in try await redis.commands.send(["KEYS", "*"]).array ?? [] {
            let name = try #require(key.text)
            found[name] = try await redis.commands.send(["PEXPIRETIME", .string(name)]).integer
        }
        return found
    }

    /// A room with all that can be kept of one.
    private func fullRoom(_ redis: LiveRedis) async throws -> RoomKeys {
        let room = try await redis.ownedRoom()
        let ada = ParticipantID(rawValue: "ada")
        let refusal = Refusal(of: ada, ProposalNumber(rawValue: 9), .forbidden)
        #expect(await redis.channels.commit(try letters(1), refusing: [refusal], in: room) == .done)
        let id = "aaaaaaaaaaaaaaaa"
        let note = Note(id: id, by: ada, text: "x", at: 1, revision: Revision(rawValue: 1))
        await withCheckedContinuation { continuation in
            redis.channels.write(note, epoch: Epoch(rawValue: 1), in: room) { _ in
                continuation.resume()
            }
        }
        return room
    }

    private func keep(_ room: RoomKeys, _ redis: LiveRedis) async {
        await withCheckedContinuation { continuation in
            redis.channels.keep(room) { _ in continuation.resume() }
        }
    }

    @Test func `everything that comes into a room is gone when the room is`() async throws {
        try await LiveRedis.run { redis in
            redis.channels.retentionSeconds = Self.days * 86_400
            let room = try await fullRoom(redis)
            let found = try await expiries(redis)
            #expect(
                Set(found.keys) == [room.meta, room.snapshot, room.log, room.refused, room.notes]
            )
            #expect(Set(found.values).count == 1)
            let left = try await redis.commands.send(["TTL", .string(room.log)]).integer ?? 0
            #expect((Self.days * 86_400 - 3_600...Self.days * 86_400).contains(left))
        }
    }

    @Test func `a room that is kept anew has its time before it, with all it has`() async throws {
        try await LiveRedis.run { redis in
            redis.channels.retentionSeconds = 86_400
            let room = try await fullRoom(redis)
            let before = try await expiries(redis)
            redis.channels.retentionSeconds = 2 * 86_400
            await keep(room, redis)
            let after = try await expiries(redis)
            #expect(Set(after.values).count == 1 && after.count == 5)
            let (old, new) = (try #require(before[room.log]), try #require(after[room.log]))
            #expect(new > old + 86_000_000)
        }
    }

    @Test func `without a bound a room stays, one that had a bound too`() async throws {
        try await LiveRedis.run { redis in
            let room = try await fullRoom(redis)
            let found = try await expiries(redis)
            #expect(Set(found.values) == [-1])
            redis.channels.retentionSeconds = 86_400
            await keep(room, redis)
            redis.channels.retentionSeconds = 0
            await keep(room, redis)
            let left = try await expiries(redis)
            #expect(left == found)
        }
    }

    @Test func `a snapshot that is written anew does not outlive the room`() async throws {
        try await LiveRedis.run { redis in
            redis.channels.retentionSeconds = 86_400
            let room = try await fullRoom(redis)
            var folded = Room(NewRoom.interview.snapshot)
            for commit in try letters(1) { try folded.fold(commit) }
            #expect(await redis.channels.save(folded.snapshot, in: room) == .done)
            let found = try await expiries(redis)
            #expect(Set(found.values).count == 1)
        }
    }

    @Test func `what is not there is not kept`() async throws {
        try await LiveRedis.run { redis in
            redis.channels.retentionSeconds = 86_400
            await keep(.interview, redis)
            let count = try await redis.commands.send(["DBSIZE"]).integer
            #expect(count == 0)
        }
    }
}
