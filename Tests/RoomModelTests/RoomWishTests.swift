import OperationalTransform
import RoomModel
import TestSupport
import Testing

/// What a room holds beside its text.
@Suite struct RoomWishTests {
    private let grace = ParticipantID(rawValue: "grace")

    /// A room with an interviewer; it is at revision 1.
    private func room() throws -> Room {
        var room = Room(Snapshot(text: "a", language: "go"))
        let join = Proposal(by: grace, role: .interviewer, request: .join(name: "Grace"))
        _ = try room.commit(join, at: 1)
        return room
    }

    @discardableResult
    private func commit(_ wish: Wish, at time: Int = 5, in room: inout Room) throws -> Commit? {
        let number = ProposalNumber(rawValue: room.revision.rawValue)
        let request = Proposal.Request.wish(number: number, wish)
        return try room.commit(
            Proposal(by: grace, role: .interviewer, request: request),
            at: time
        )
    }

    @Test func `the newest title counts`() throws {
        var room = try room()
        #expect(room.title == nil)
        try commit(.title("First"), in: &room)
        try commit(.title("Second"), in: &room)
        #expect(room.title == "Second")
    }

    @Test func `a timer is kept with the time at which it was set`() throws {
        var room = try room()
        try commit(.timer(running: true, remaining: 600), at: 70, in: &room)
        #expect(room.timer == Countdown(running: true, remaining: 600, at: 70))
        try commit(.timer(running: false, remaining: 400), at: 90, in: &room)
        #expect(room.timer == Countdown(running: false, remaining: 400, at: 90))
    }

    @Test func `a timer that stands still with nothing left is taken away`() throws {
        var room = try room()
        try commit(.timer(running: true, remaining: 0), in: &room)
        #expect(room.timer != nil)
        try commit(.timer(running: false, remaining: 0), in: &room)
        #expect(room.timer == nil)
    }

    @Test(arguments: [Wish.chat("hello"), .hidden(true), .pasted(300)])
    func `what is said and reported stands in the journal and nowhere else`(wish: Wish) throws {
        var room = try room()
        let before = room.snapshot
        let commit = try #require(try commit(wish, in: &room))
        #expect(commit.change == .granted(wish))
        #expect(room.journal.commits == before.journal.commits + [commit])
        var after = room.snapshot
        after.revision = before.revision
        after.journal = before.journal
        after.participants[0].number = before.participants[0].number
        #expect(after == before)
    }

    @Test func `an edit is no part of the journal`() throws {
        var room = try room()
        let before = room.journal
        var operation = TextOperation()
        try operation.keep(1)
        operation.insert("b")
        let edit = Proposal.Request.edit(
            number: ProposalNumber(rawValue: 1),
            base: room.revision,
            operation: operation
        )
        _ = try room.commit(Proposal(by: grace, role: .interviewer, request: edit), at: 5)
        #expect(room.journal == before)
    }

    /// What a newer version wrote is handed on, though a snapshot without its meaning is not.
    @Test func `a kind that is not known stands in the journal too`() throws {
        var room = try room()
        let commit = Commit(
            revision: room.revision.next,
            at: 1,
            by: grace,
            number: nil,
            change: .unknown(written: Array(#"{"revision":2,"poll":1}"#.utf8))
        )
        try room.fold(commit)
        #expect(room.journal.commits.last == commit)
        #expect(room.holdsUnknown)
    }

    /// Owners follow one another, each from the snapshot of the one before and the commits after it.
    @Test(arguments: seeds(50))
    func `every owner has the same room as whoever folds the whole log`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var owner = try room()
        var replica = owner
        for _ in 0..<700 {
            let time = random.below(1_000_000)
            let commit = try commit(randomWish(using: &random), at: time, in: &owner)
            try replica.fold(#require(commit))
            if random.chance(percent: 2) { owner = Room(owner.snapshot) }
        }
        #expect(owner.snapshot == replica.snapshot)
        #expect(owner.journal.commits.count <= Limits.Room.journalCommitsMax)
    }

    private func randomWish(using random: inout SeededGenerator) -> Wish {
        switch random.below(7) {
        case 0: .title(randomText(pieces: 5, using: &random))
        case 1: .timer(running: random.chance(percent: 50), remaining: random.below(3))
        case 2: .hidden(random.chance(percent: 50))
        case 3: .pasted(1 + random.below(1_000))
        case 4: .language("go")
        default: .chat(randomText(pieces: random.below(300), using: &random))
        }
    }
}
