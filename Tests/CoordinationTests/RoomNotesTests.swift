import Coordination
import EventLoopIsolation
import NIOCore
import Redis
import RoomModel
import TestSupport
import Testing
import WireFormat

@LoopActor
@Suite struct RoomNotesTests {
    private static let first = "aaaaaaaaaaaaaaaa"
    private static let second = "bbbbbbbbbbbbbbbb"

    private func write(
        _ text: String,
        id: String = first,
        by author: String = "ada",
        at time: Int = 1,
        revision: Int = 1,
        epoch: Int = 1,
        _ redis: LiveRedis
    ) async -> FencedOutcome {
        let note = Note(
            id: id,
            by: ParticipantID(rawValue: author),
            text: text,
            at: time,
            revision: Revision(rawValue: revision)
        )
        return await withCheckedContinuation { continuation in
            redis.channels.write(note, epoch: Epoch(rawValue: epoch), in: .interview) {
                continuation.resume(returning: $0)
            }
        }
    }

    private func notes(_ redis: LiveRedis) async throws -> [JSONValue] {
        try await redis.channels.notes(of: .interview).notes.map {
            try JSONValue(parsing: $0.json.readableBytesView)
        }
    }

    /// What followers are told: the count, and the notes.
    private func next(_ gateway: Inbox<Heard>) async throws -> (count: Int, note: JSONValue) {
        guard case .gateways(.notes(let count, _, let body)) = await gateway.next() else {
            throw Unexpected()
        }
        return (count, try JSONValue(parsing: body.readableBytesView).elements[0])
    }

    private struct Unexpected: Error {}

    @Test func `a note is kept and published as the same bytes`() async throws {
        try await LiveRedis.run { redis in
            let gateway = await redis.channels.following(try await redis.ownedRoom())
            #expect(await write("100% \"é😀\"\n", at: 7, revision: 3, redis) == .done)
            let (count, note) = try await next(gateway)
            #expect(count == 1)
            #expect(try note["text"].text == "100% \"é😀\"\n")
            #expect(try note["by"].text == "ada")
            #expect(
                try [note["at"].integer, note["changed"].integer, note["revision"].integer] == [
                    7, 7, 3,
                ]
            )
            #expect(try await notes(redis) == [note])
        }
    }

    @Test func `a note that is rewritten keeps when it was begun`() async throws {
        try await LiveRedis.run { redis in
            _ = try await redis.ownedRoom()
            _ = await write("one", at: 7, revision: 3, redis)
            _ = await write("two", by: "alan", at: 9, revision: 5, redis)
            let note = try #require(try await notes(redis).first)
            #expect(try note["text"].text == "two")
            #expect(try note["by"].text == "alan")
            #expect(
                try [note["at"].integer, note["changed"].integer, note["revision"].integer] == [
                    7, 9, 3,
                ]
            )
        }
    }

    @Test func `what is written again is published again and changes nothing`() async throws {
        try await LiveRedis.run { redis in
            let gateway = await redis.channels.following(try await redis.ownedRoom())
            _ = await write("one", at: 7, redis)
            _ = await write("one", at: 9, redis)
            let once = try await next(gateway)
            let again = try await next(gateway)
            #expect(once.count == again.count)
            #expect(once.note == again.note)
        }
    }

    @Test func `a note without text is deleted, and that is said however often it is asked`()
        async throws
    {
        try await LiveRedis.run { redis in
            _ = try await redis.ownedRoom()
            _ = await write("one", redis)
            _ = await write("two", id: Self.second, at: 2, redis)
            let gateway = await redis.channels.following(.interview)
            for _ in 0..<2 {
                #expect(await write("", redis) == .done)
                let (count, note) = try await next(gateway)
                #expect(count == 3)
                #expect(try note["id"].text == Self.first)
                #expect(try note["text"].text == "")
            }
            #expect(try await notes(redis).map { try $0["id"].text } == [Self.second])
        }
    }

    @Test func `an owner that was replaced writes nothing and says nothing`() async throws {
        try await LiveRedis.run { redis in
            let gateway = await redis.channels.following(try await redis.ownedRoom())
            #expect(await write("late", epoch: 0, redis) == .fenced)
            #expect(gateway.isEmpty)
            #expect(try await notes(redis).isEmpty)
        }
    }

    @Test func `there is an end to how many notes there may be, and their author is told`()
        async throws
    {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            for number in 1...Limits.Room.notesMax {
                _ = try await redis.commands.send([
                    "HSET", .string(room.notes), .string("\(number)"), "{}",
                ])
            }
            let gateway = await redis.channels.following(room)
            #expect(await write("one too many", redis) == .done)
            let refusal = RoomMessage.rejected(note: Self.first, .tooLarge)
            let author = ParticipantID(rawValue: "ada")
            #expect(await gateway.next() == .gateways(.rejected(author, body: refusal)))
            #expect(try await redis.channels.notes(of: room).notes.count == Limits.Room.notesMax)
        }
    }

    @Test func `notes are read in the order they were begun, with how often they were written`()
        async throws
    {
        try await LiveRedis.run { redis in
            _ = try await redis.ownedRoom()
            _ = await write("later", at: 9, redis)
            _ = await write("earlier", id: Self.second, at: 7, redis)
            _ = await write("later still", at: 11, redis)
            let read = try await redis.channels.notes(of: .interview)
            #expect(read.count == 3)
            #expect(read.notes.map(\.id) == [Self.second, Self.first])
        }
    }

    @Test func `with the room its notes are deleted`() async throws {
        try await LiveRedis.run { redis in
            _ = try await redis.ownedRoom()
            _ = await write("one", redis)
            _ = try await redis.channels.delete(.interview)
            #expect(try await redis.commands.send(["DBSIZE"]).integer == 0)
            #expect(await write("two", redis) == .fenced)
            #expect(try await redis.commands.send(["DBSIZE"]).integer == 0)
        }
    }
}
