import Coordination
import EventLoopIsolation
import NIOCore
import Redis
import RoomModel
import Testing
import WireFormat

@LoopActor
@Suite struct RoomCommitTests {
    let bob = ParticipantID(rawValue: "bob")

    private func batch(_ commits: [Commit], epoch: Int = 1) throws -> Heard {
        .gateways(
            .commits(
                CommitBatch(
                    epoch: Epoch(rawValue: epoch),
                    first: try #require(commits.first).revision,
                    entries: commits.map { ByteBuffer(bytes: $0.json) }
                )
            )
        )
    }

    @Test func `commits are appended and published, and the answers behind them`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let gateway = await redis.channels.following(room)
            let commits = try letters(2)
            let answers: [RoomMessage] = [
                .admitted(ConnectionID(rawValue: "g1.a")),
                .rejected(bob, body: RoomMessage.rejected(.none, .locked)),
            ]
            let outcome = await redis.channels.commit(commits, then: answers, in: room)
            #expect(outcome == .done)
            #expect(try await gateway.next() == batch(commits))
            for answer in answers { #expect(await gateway.next() == .gateways(answer)) }
            #expect(try await redis.channels.log(of: room, after: 0) == commits)
            #expect(await redis.channels.head(of: room) == [1, 3])
        }
    }

    @Test func `what was refused is kept for the next owner, the newest of each participant`()
        async throws
    {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let refusals = (1...2).map {
                Refusal(of: bob, ProposalNumber(rawValue: $0), .locked)
            }
            let commits = try letters(1)
            for refusal in refusals {
                let answer = RoomMessage.rejected(bob, body: RoomMessage.rejected(.none, .locked))
                let outcome = await redis.channels.commit(
                    refusal.number == refusals[0].number ? commits : [],
                    refusing: [refusal],
                    then: [answer],
                    first: refusal.number == refusals[0].number ? 1 : 3,
                    in: room
                )
                #expect(outcome == .done)
            }
            #expect(try await redis.channels.log(of: room, after: 0) == commits)
            let claimed = await redis.channels.claim(room, seen: Epoch(rawValue: 1))
            #expect(claimed?.refusals == [refusals[1]])
        }
    }

    @Test func `a fenced refusal is not kept`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let refusal = Refusal(of: bob, ProposalNumber(rawValue: 1), .locked)
            let outcome = await redis.channels.commit([], refusing: [refusal], epoch: 0, in: room)
            #expect(outcome == .fenced)
            #expect(await redis.channels.claim(room, seen: Epoch(rawValue: 1))?.refusals == [])
        }
    }

    @Test func `answers without commits are published and count no revision`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let gateway = await redis.channels.following(room)
            let answer = RoomMessage.evicted(ConnectionID(rawValue: "g1.a"))
            #expect(await redis.channels.commit([], then: [answer], in: room) == .done)
            #expect(await gateway.next() == .gateways(answer))
            #expect(await redis.channels.head(of: room) == [1, 0])
        }
    }

    @Test(arguments: [0, 2])
    func `with another epoch than the newest nothing happens`(epoch: Int) async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let gateway = await redis.channels.following(room)
            let commits = try letters(1)
            let answer = RoomMessage.evicted(ConnectionID(rawValue: "g1.a"))
            let outcome = await redis.channels.commit(
                commits,
                then: [answer],
                epoch: epoch,
                in: room
            )
            #expect(outcome == .fenced)
            #expect(try await redis.channels.log(of: room, after: 0) == [])
            #expect(await redis.channels.commit(commits, in: room) == .done)
            #expect(try await gateway.next() == batch(commits))
        }
    }

    @Test(arguments: [1, 2, 3, 5])
    func `commits that do not follow the newest revision are fenced`(first: Int) async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let commits = try letters(5)
            #expect(await redis.channels.commit(Array(commits[..<3]), in: room) == .done)
            let outcome = await redis.channels.commit([commits[first - 1]], in: room)
            #expect(outcome == .fenced)
            #expect(try await redis.channels.log(of: room, after: 0) == Array(commits[..<3]))
            #expect(await redis.channels.head(of: room) == [1, 3])
        }
    }

    @Test func `answers are fenced by revision too`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let answer = RoomMessage.evicted(ConnectionID(rawValue: "g1.a"))
            let outcome = await redis.channels.commit([], then: [answer], first: 2, in: room)
            #expect(outcome == .fenced)
        }
    }

    @Test func `calls that are pipelined behind a fenced one are fenced with it`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            let commits = try letters(3)
            let outcomes = Inbox<FencedOutcome>()
            // The first commit is missing, as if its call had failed.
            for commit in commits[1...] {
                redis.channels.commit(
                    [commit],
                    refusing: [],
                    then: [],
                    first: commit.revision,
                    epoch: Epoch(rawValue: 1),
                    in: room
                ) { outcomes.put($0) }
            }
            for _ in commits[1...] { #expect(await outcomes.next() == .fenced) }
            #expect(await redis.channels.head(of: room) == [1, 0])
        }
    }

    @Test func `while Redis is away nobody knows what became of a commit`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            redis.commands.stop()
            #expect(await redis.channels.commit(try letters(1), in: room) == .failed)
        }
    }

    // MARK: Snapshots

    @Test func `a snapshot is saved by the owner, up to where the log reaches`() async throws {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            #expect(await redis.channels.commit(try letters(1), in: room) == .done)
            var snapshot = NewRoom.interview.snapshot
            snapshot.text = "saved"
            snapshot.revision = Revision(rawValue: 3)
            #expect(await redis.channels.save(snapshot, in: room) == .fenced)
            snapshot.revision = Revision(rawValue: 2)
            #expect(await redis.channels.save(snapshot, epoch: 0, in: room) == .fenced)
            #expect(await redis.channels.save(snapshot, epoch: 2, in: room) == .fenced)
            let before = try await redis.channels.load(room)
            #expect(try Snapshot(json: before.snapshot) == NewRoom.interview.snapshot)

            #expect(await redis.channels.save(snapshot, in: room) == .done)
            let after = try await redis.channels.load(room)
            #expect(after.snapshotRevision == Revision(rawValue: 2))
            #expect(try Snapshot(json: after.snapshot) == snapshot)
        }
    }
}
