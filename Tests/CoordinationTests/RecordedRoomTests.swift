import Coordination
import EventLoopIsolation
import NIOCore
import OperationalTransform
import Redis
import RoomModel
import TestSupport
import Testing
import WireFormat

/// Rooms that another version left behind, or serves at the same time.
@LoopActor
@Suite struct RecordedRoomTests {
    private static let text =
        "main() {}\n// a comment in which é and 😀 stand: " + String(repeating: "x", count: 80)
    /// The one before Grace wrote the last line and ended the session.
    private static let beforeTheEnd = 124

    /// An edit of the interviewer's, made against the newest revision.
    private func edit(of room: Room, number: Int) throws -> Proposal {
        let grace = try #require(room.roster.participants.first { $0.role == .interviewer })
        var operation = TextOperation()
        operation.insert("new ")
        try operation.keep(room.document.length)
        return Proposal(
            by: grace.id,
            role: grace.role,
            request: .edit(
                number: ProposalNumber(rawValue: number),
                base: room.revision,
                operation: operation
            )
        )
    }

    @Test func `a recorded room is loaded with all that happened in it`() async throws {
        try await LiveRedis.run { redis in
            let recorded = try RecordedRoom(format: 1)
            try await recorded.load(into: redis.commands, as: .interview)
            let loaded = try await redis.channels.load(.interview)
            let room = try loaded.room()
            #expect(loaded.title == "Ada's interview 😀")
            #expect(room.document.text == Self.text + "the end\n")
            #expect(room.language == "python")
            #expect(room.ended)
            #expect(room.roster.participants.map(\.name) == ["Grace", "Ada 😀"])
            #expect(room.roster.connectedCount == 0)
        }
    }

    @Test func `a recorded room that talked is loaded with what was said and is recorded`()
        async throws
    {
        try await LiveRedis.run { redis in
            let recorded = try RecordedRoom(format: 1, named: "talk")
            try await recorded.load(into: redis.commands, as: .interview)
            let room = try await redis.channels.load(.interview).room()
            #expect(room.title == "Träume 𝄞")
            #expect(room.timer?.running == true)
            #expect(room.timer?.remaining == 1_500_000)
            #expect(room.roster.participants.map(\.left) == [.closed, .closed])
            let kinds = room.journal.commits.map(\.change.kind)
            let expected = [
                "joined", "joined", "title", "timer", "chat", "hidden", "hidden", "pasted",
                "language", "locked", "locked", "left", "ended", "left",
            ]
            #expect(kinds == expected)
        }
    }

    /// No kind of commit may become unknown: rooms are kept longer than versions.
    @Test(arguments: ["room", "talk"])
    func `every kind of commit in a recorded log is known`(name: String) async throws {
        try await LiveRedis.run { redis in
            let recorded = try RecordedRoom(format: 1, named: name)
            try await recorded.load(into: redis.commands, as: .interview)
            let commits = try await redis.channels.log(of: .interview, after: 0)
            #expect(commits.map(\.revision.rawValue) == Array(1...recorded.revision))
            #expect(Set(commits.map(\.change.kind)) == Commit.Change.kinds(in: name))
        }
    }

    @Test func `an owner of today goes on where a recorded room stopped`() async throws {
        try await LiveRedis.run { redis in
            var recorded = try RecordedRoom(format: 1)
            recorded.cut(after: Self.beforeTheEnd)
            try await recorded.load(into: redis.commands, as: .interview)
            let claimed = try #require(
                await redis.channels.claim(.interview, seen: Epoch(rawValue: 1))
            )
            var room = claimed.room
            #expect(room.document.text == Self.text)
            let commit = try #require(try room.commit(edit(of: room, number: 100), at: 1))
            #expect(await redis.channels.commit([commit], epoch: 2, in: .interview) == .done)
            #expect(await redis.channels.save(room.snapshot, epoch: 2, in: .interview) == .done)
            let loaded = try await redis.channels.load(.interview)
            #expect(try loaded.room().document.text == "new " + Self.text)
        }
    }

    /// Older versions kept it beside the room only, and it never changed.
    @Test func `the first owner of today brings the title of a recorded room into its snapshot`()
        async throws
    {
        try await LiveRedis.run { redis in
            var recorded = try RecordedRoom(format: 1)
            recorded.cut(after: Self.beforeTheEnd)
            try await recorded.load(into: redis.commands, as: .interview)
            let before = try await redis.channels.load(.interview)
            #expect(try before.room().title == "Ada's interview 😀")
            let claimed = try #require(
                await redis.channels.claim(.interview, seen: Epoch(rawValue: 1))
            )
            let snapshot = claimed.room.snapshot
            #expect(snapshot.title == "Ada's interview 😀")
            #expect(await redis.channels.save(snapshot, epoch: 2, in: .interview) == .done)
            let after = try await redis.channels.load(.interview)
            #expect(try Snapshot(json: after.snapshot).title == "Ada's interview 😀")
        }
    }

    /// A number that was committed by an older version's owner stays committed.
    @Test func `a proposal that a recorded room has already is not committed again`() async throws {
        try await LiveRedis.run { redis in
            var recorded = try RecordedRoom(format: 1)
            recorded.cut(after: Self.beforeTheEnd)
            try await recorded.load(into: redis.commands, as: .interview)
            let claimed = try #require(
                await redis.channels.claim(.interview, seen: Epoch(rawValue: 1))
            )
            var room = claimed.room
            #expect(try room.commit(edit(of: room, number: 3), at: 1) == nil)
        }
    }

    // MARK: A newer version beside this one

    @Test func `kinds and fields of a newer version count, change nothing and are passed on`()
        async throws
    {
        try await LiveRedis.run { redis in
            var recorded = try RecordedRoom(format: 1)
            recorded.cut(after: Self.beforeTheEnd)
            recorded.append(#""number":4,"poll":{"text":"hello"}"#)
            recorded.append(#""locked":true,"because":[1]"#, otherFields: ["c2", "another form"])
            recorded.append(#""output":null"#)
            try await recorded.load(into: redis.commands, as: .interview)
            let claimed = try #require(
                await redis.channels.claim(.interview, seen: Epoch(rawValue: 1))
            )
            #expect(claimed.room.revision == Revision(rawValue: Self.beforeTheEnd + 3))
            #expect(claimed.room.document.text == Self.text)
            #expect(claimed.room.locked)
            #expect(claimed.room.holdsUnknown)
            let events = claimed.room.journal.commits.suffix(3).map(\.json)
            #expect(
                String(decoding: events[0], as: UTF8.self).contains(#""poll":{"text":"hello"}"#)
            )

            var room = claimed.room
            let commit = try #require(try room.commit(edit(of: room, number: 100), at: 1))
            #expect(await redis.channels.commit([commit], epoch: 2, in: .interview) == .done)
            let tail = try #require(try await redis.channels.load(.interview).tail)
            #expect(String(buffer: tail.json).contains(#""poll":{"text":"hello"}"#))
        }
    }

    @Test func `a room in a newer format is left to those who can read it`() async throws {
        try await LiveRedis.run { redis in
            var recorded = try RecordedRoom(format: 1)
            recorded.meta["format"] = "3"
            try await recorded.load(into: redis.commands, as: .interview)
            let owner = await redis.channels.owning(.interview)
            #expect(await redis.channels.claim(.interview, seen: Epoch(rawValue: 1)) == nil)
            #expect(await redis.channels.epoch(of: .interview) == Epoch(rawValue: 1))
            #expect(owner.isEmpty)
            await #expect(throws: LoadError.unavailable) {
                try await redis.channels.load(.interview)
            }
        }
    }

    @Test func `an entry without a commit that can be read is no gap in the log`() async throws {
        try await LiveRedis.run { redis in
            var recorded = try RecordedRoom(format: 1)
            recorded.log[120].fields = ["c2", "another form"]
            try await recorded.load(into: redis.commands, as: .interview)
            await #expect(throws: LoadError.unavailable) {
                try await redis.channels.log(of: .interview, after: 110)
            }
            #expect(await redis.channels.claim(.interview, seen: Epoch(rawValue: 1)) == nil)
        }
    }

    @Test func `a room of today says which format it is in`() async throws {
        try await LiveRedis.run { redis in
            _ = try await redis.channels.create(.interview, as: .interview)
            let format = try await redis.commands.send(
                ["HGET", .string(RoomKeys.interview.meta), "format"]
            )
            #expect(format.text == "1")
        }
    }

    // MARK: Rooms that ask

    private func format(of room: RoomKeys, _ redis: LiveRedis) async throws -> String? {
        try await redis.commands.send(["HGET", .string(room.meta), "format"]).text
    }

    /// An older process would let everybody in who comes.
    @Test func `a room that asks is in a format of its own from the start`() async throws {
        try await LiveRedis.run { redis in
            let snapshot = Snapshot(text: "", language: "c", admission: .ask)
            let new = NewRoom(title: "", createdMilliseconds: 1, snapshot: snapshot)
            _ = try await redis.channels.create(new, as: .interview)
            #expect(try await format(of: .interview, redis) == "2")
            #expect(try await redis.channels.load(.interview).room().admission == .ask)
            let claimed = await redis.channels.claim(.interview, seen: Epoch(rawValue: 0))
            #expect(claimed?.room.admission == .ask)
        }
    }

    @Test func `a room that begins to ask changes its format with that commit, for good`()
        async throws
    {
        try await LiveRedis.run { redis in
            let room = try await redis.ownedRoom()
            func admission(_ revision: Int, _ admission: Admission) -> Commit {
                Commit(
                    revision: Revision(rawValue: revision),
                    at: 1,
                    by: ParticipantID(rawValue: "ada"),
                    number: ProposalNumber(rawValue: revision),
                    change: .granted(.admission(admission))
                )
            }
            #expect(await redis.channels.commit([admission(1, .open)], in: room) == .done)
            #expect(try await format(of: room, redis) == "1")
            #expect(
                await redis.channels.commit([admission(2, .ask)], epoch: 9, in: room) == .fenced
            )
            #expect(try await format(of: room, redis) == "1")
            #expect(await redis.channels.commit([admission(2, .ask)], in: room) == .done)
            #expect(try await format(of: room, redis) == "2")
            #expect(await redis.channels.commit([admission(3, .open)], in: room) == .done)
            #expect(try await format(of: room, redis) == "2")
        }
    }
}

extension Commit.Change {
    /// What happens in the interview that was recorded under that name.
    fileprivate static func kinds(in name: String) -> Set<String> {
        let first: Set = ["edit", "language", "locked", "joined", "left", "ended"]
        return name == "room" ? first : first.union(["title", "timer", "chat", "hidden", "pasted"])
    }

    fileprivate var kind: String {
        switch self {
        case .edit: "edit"
        case .granted(.language): "language"
        case .granted(.locked): "locked"
        case .granted(.ended): "ended"
        case .granted(.title): "title"
        case .granted(.timer): "timer"
        case .granted(.chat): "chat"
        case .granted(.hidden): "hidden"
        case .granted(.pasted): "pasted"
        case .granted(.admission): "admission"
        case .granted(.admitted): "admitted"
        case .joined: "joined"
        case .left: "left"
        case .unknown: "unknown"
        }
    }
}
