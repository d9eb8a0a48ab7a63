import Coordination
import EventLoopIsolation
import OperationalTransform
import Redis
import RoomModel
import Testing
import WireFormat

/// How a room is created, read and removed.
@LoopActor
@Suite struct RoomSessionTests {
    @Test func `a room is created once, and the second attempt changes nothing`() async throws {
        try await LiveRedis.run { redis in
            let again = NewRoom(
                title: "again",
                createdMilliseconds: 1,
                snapshot: Snapshot(text: "again", language: "go")
            )
            #expect(try await redis.channels.create(.interview, as: .interview))
            #expect(try await !redis.channels.create(again, as: .interview))
            let loaded = try await redis.channels.load(.interview)
            #expect(loaded.title == NewRoom.interview.title)
            #expect(try loaded.room().snapshot == NewRoom.interview.snapshot)
        }
    }

    @Test func `a new room is loaded as it was created`() async throws {
        try await LiveRedis.run { redis in
            _ = try await redis.channels.create(.interview, as: .interview)
            let loaded = try await redis.channels.load(.interview)
            #expect(loaded.epoch == Epoch(rawValue: 0))
            #expect(loaded.place == .start)
            #expect(loaded.snapshotRevision == .zero)
            #expect(loaded.createdMilliseconds == LiveRedis.now)
            #expect(loaded.tail == nil)
        }
    }

    @Test func `a room is loaded as its snapshot and the log behind it`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let commits = try letters(4)
            var expected = Room(NewRoom.interview.snapshot)
            for commit in commits[..<3] { try expected.fold(commit) }
            #expect(await redis.channels.commit(commits, in: room) == .done)
            #expect(await redis.channels.save(expected.snapshot, in: room) == .done)

            let loaded = try await redis.channels.load(room)
            #expect(loaded.epoch == Epoch(rawValue: 1))
            #expect(loaded.place == LogPlace(Revision(rawValue: 5), at: 1))
            #expect(loaded.snapshotRevision == Revision(rawValue: 3))
            #expect(try loaded.tail?.commits() == Array(commits[3...]))
            #expect(try loaded.room().document.text == "xxxxé😀\n")
        }
    }

    @Test func `what there is not cannot be loaded`() async throws {
        try await LiveRedis.run { redis in
            await #expect(throws: LoadError.unknownRoom) {
                try await redis.channels.load(.interview)
            }
            #expect(await redis.channels.head(of: .interview) == nil)
            #expect(await redis.channels.epoch(of: .interview) == nil)
            let log = try await redis.channels.log(of: .interview, after: 0)
            #expect(log == [])
        }
    }

    @Test func `the log is read from where a reader stands`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let commits = try letters(4)
            #expect(await redis.channels.commit(commits, in: room) == .done)
            #expect(await redis.channels.head(of: room) == [1, 5])
            for revision in 0...5 {
                let rest = try await redis.channels.log(of: room, after: revision)
                #expect(rest == Array(commits[revision...]))
            }
        }
    }

    @Test func `a page of the log holds no more commits than it may`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let commits = try letters(Limits.Log.commitsPerPage + 1)
            #expect(await redis.channels.commit(commits, in: room) == .done)
            let page = try await redis.channels.log(of: room, after: 1)
            #expect(page == Array(commits[1...Limits.Log.commitsPerPage]))
        }
    }

    @Test func `a deleted room is gone with all it had, and its followers hear it`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            #expect(await redis.channels.commit(try letters(1), in: room) == .done)
            let gateway = await redis.channels.following(room)
            #expect(try await redis.channels.delete(room))
            #expect(await gateway.next() == .gateways(.deleted))
            #expect(try await redis.commands.send(["DBSIZE"]).integer == 0)
            #expect(try await !redis.channels.delete(room))
        }
    }

    @Test func `the owner of a deleted room is fenced and brings nothing back`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            _ = try await redis.channels.delete(room)
            #expect(await redis.channels.commit(try letters(1), in: room) == .fenced)
            let snapshot = NewRoom.interview.snapshot
            #expect(await redis.channels.save(snapshot, in: room) == .fenced)
            #expect(await redis.channels.claim(room, seen: Epoch(rawValue: 1)) == nil)
            #expect(try await redis.commands.send(["DBSIZE"]).integer == 0)
        }
    }

    @Test func `a place of another log than this one is not followed`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            #expect(await redis.channels.commit(try letters(2), in: room) == .done)
            let second = LogPlace(Revision(rawValue: 2), at: 1)
            guard case .follows(let rest?) = try await redis.channels.page(of: room, after: second)
            else { return #expect(Bool(false)) }
            #expect(rest.first == Revision(rawValue: 3))
            for lost in [LogPlace(second.revision, at: 2), LogPlace(Revision(rawValue: 4), at: 1)] {
                #expect(try await redis.channels.page(of: room, after: lost) == .cut)
            }
        }
    }
}
