import Coordination
import EventLoopIsolation
import OperationalTransform
import Redis
import RoomModel
import Testing
import WireFormat

@LoopActor
@Suite struct RoomClaimTests {
    /// Puts a `y` behind the one letter that there was at revision 2.
    private func lateEdit() throws -> Proposal {
        var operation = TextOperation()
        try operation.keep(1)
        operation.insert("y")
        try operation.keep(4)
        let edit = Proposal.Request.edit(
            number: ProposalNumber(rawValue: 9),
            base: Revision(rawValue: 2),
            operation: operation
        )
        return Proposal(by: ParticipantID(rawValue: "ada"), role: .interviewer, request: edit)
    }

    @Test func `of two who saw the same epoch one becomes the owner`() async throws {
        try await LiveRedis.run { redis in
            _ = try await redis.channels.create(.interview, as: .interview)
            let seen = try #require(await redis.channels.epoch(of: .interview))
            let first = await redis.channels.claim(.interview, seen: seen)
            let second = await redis.channels.claim(.interview, seen: seen)
            #expect(first?.epoch == Epoch(rawValue: 1))
            #expect(second == nil)
            #expect(await redis.channels.epoch(of: .interview) == Epoch(rawValue: 1))
        }
    }

    @Test func `who sees the newer epoch claims the room anew`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let claimed = await redis.channels.claim(room, seen: Epoch(rawValue: 1))
            #expect(claimed?.epoch == Epoch(rawValue: 2))
        }
    }

    @Test func `a claim is told to the earlier owner and to every gateway`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let owner = await redis.channels.owning(room)
            let gateway = await redis.channels.following(room)
            _ = await redis.channels.claim(room, seen: Epoch(rawValue: 1))
            #expect(await owner.next() == .owner(.claimed(Epoch(rawValue: 2))))
            #expect(await gateway.next() == .gateways(.epoch(Epoch(rawValue: 2))))
        }
    }

    @Test func `a refused claim is told to nobody`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let owner = await redis.channels.owning(room)
            let gateway = await redis.channels.following(room)
            #expect(await redis.channels.claim(room, seen: Epoch(rawValue: 0)) == nil)
            _ = await redis.channels.claim(room, seen: Epoch(rawValue: 1))
            #expect(await owner.next() == .owner(.claimed(Epoch(rawValue: 2))))
            #expect(await gateway.next() == .gateways(.epoch(Epoch(rawValue: 2))))
        }
    }

    @Test(arguments: 0...4)
    func `the room is the same wherever its snapshot stands`(snapshot: Int) async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let commits = try letters(3)
            var earlier = Room(NewRoom.interview.snapshot)
            for commit in commits[..<snapshot] { try earlier.fold(commit) }
            #expect(await redis.channels.commit(commits, in: room) == .done)
            #expect(await redis.channels.save(earlier.snapshot, in: room) == .done)

            var expected = Room(NewRoom.interview.snapshot)
            for commit in commits { try expected.fold(commit) }
            let claimed = await redis.channels.claim(room, seen: Epoch(rawValue: 1))
            #expect(claimed?.room.snapshot == expected.snapshot)
            #expect(claimed?.snapshotRevision == Revision(rawValue: snapshot))
        }
    }

    @Test func `the room comes with history from before its snapshot`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let commits = try letters(3)
            var earlier = Room(NewRoom.interview.snapshot)
            for commit in commits { try earlier.fold(commit) }
            #expect(await redis.channels.commit(commits, in: room) == .done)
            #expect(await redis.channels.save(earlier.snapshot, in: room) == .done)

            let claimed = await redis.channels.claim(room, seen: Epoch(rawValue: 1))
            var next = try #require(claimed?.room)
            #expect(try next.commit(lateEdit(), at: 1)?.revision == Revision(rawValue: 5))
            #expect(next.document.text == "xxxyé😀\n")
        }
    }

    @Test func `a room whose log has a gap cannot be owned`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            #expect(await redis.channels.commit(try letters(3), in: room) == .done)
            _ = try await redis.commands.send(["XDEL", .string(room.log), "2-0"])
            #expect(await redis.channels.claim(room, seen: Epoch(rawValue: 1)) == nil)
        }
    }
}
