import OperationalTransform
import RoomModel
import Testing

@Suite struct RoomTests {
    let ada = ParticipantID(rawValue: "ada")
    let bob = ParticipantID(rawValue: "bob")

    /// A room with an interviewer, Ada, and a candidate, Bob; it is at revision 2.
    func room(text: String = "") throws -> Room {
        var room = Room(Snapshot(text: text, language: "python"))
        try commit(.join(name: "Ada"), by: ada, role: .interviewer, in: &room)
        try commit(.join(name: "Bob"), by: bob, in: &room)
        return room
    }

    @discardableResult
    func commit(
        _ request: Proposal.Request,
        by participant: ParticipantID,
        role: Role = .candidate,
        in room: inout Room
    ) throws -> Commit? {
        try room.commit(Proposal(by: participant, role: role, request: request), at: 1)
    }

    func edit(
        _ number: Int,
        base: Int,
        _ build: (inout TextOperation) throws -> Void
    ) rethrows -> Proposal.Request {
        var operation = TextOperation()
        try build(&operation)
        return .edit(
            number: ProposalNumber(rawValue: number),
            base: Revision(rawValue: base),
            operation: operation
        )
    }

    @Test func `a late edit is transformed over the commits it missed`() throws {
        var room = try room(text: "ab")
        let first = try edit(1, base: 2) {
            $0.insert("X")
            try $0.keep(2)
        }
        let late = try edit(1, base: 2) {
            try $0.keep(2)
            $0.insert("Y")
        }
        try commit(first, by: ada, role: .interviewer, in: &room)
        let commit = try commit(late, by: bob, in: &room)
        #expect(room.document.text == "XabY")
        #expect(commit?.revision == Revision(rawValue: 4))
    }

    @Test func `a proposal that is sent twice is committed once`() throws {
        var room = try room()
        let request = edit(7, base: 2) { $0.insert("a") }
        #expect(try commit(request, by: bob, in: &room) != nil)
        #expect(try commit(request, by: bob, in: &room) == nil)
        #expect(room.document.text == "a")
    }

    @Test func `what is known stays known to a room made of the snapshot`() throws {
        var first = try room()
        let request = edit(7, base: 2) { $0.insert("a") }
        try commit(request, by: bob, in: &first)
        var second = Room(first.snapshot)
        #expect(try commit(request, by: bob, in: &second) == nil)
    }

    @Test func `folding the commits makes the same room`() throws {
        var room = try room()
        var commits: [Commit] = []
        commits.append(
            try #require(try commit(edit(1, base: 2) { $0.insert("é😀") }, by: bob, in: &room))
        )
        commits.append(
            try #require(
                try commit(
                    .wish(number: .init(rawValue: 1), .locked(true)),
                    by: ada,
                    role: .interviewer,
                    in: &room
                )
            )
        )
        commits.append(try #require(try commit(.leave(.lost), by: bob, in: &room)))
        var copy = try self.room()
        for commit in commits { try copy.fold(commit) }
        #expect(copy.snapshot == room.snapshot)
    }

    @Test func `a commit that does not follow is refused by a fold`() throws {
        var room = try room()
        let stray = Commit(
            revision: Revision(rawValue: 9),
            at: 0,
            by: ada,
            number: nil,
            change: .granted(.ended)
        )
        #expect(
            throws: FoldError.revisionGap(expected: .init(rawValue: 3), found: .init(rawValue: 9))
        ) {
            try room.fold(stray)
        }
    }

    @Test func `an edit of the future, of another length or of no place is refused`() throws {
        var room = try room(text: "😀")
        #expect(throws: Rejection.futureRevision) {
            try self.commit(self.edit(1, base: 3) { try $0.keep(2) }, by: self.bob, in: &room)
        }
        #expect(throws: Rejection.lengthMismatch) {
            try self.commit(self.edit(1, base: 2) { try $0.keep(3) }, by: self.bob, in: &room)
        }
        #expect(throws: Rejection.invalidOperation) {
            let half = try self.edit(1, base: 2) {
                try $0.delete(1)
                try $0.keep(1)
            }
            try self.commit(half, by: self.bob, in: &room)
        }
        #expect(room.document.text == "😀")
        #expect(room.revision == Revision(rawValue: 2))
    }

    @Test func `a document never grows beyond its bound`() throws {
        var room = try room(text: String(repeating: "a", count: Limits.Room.documentLengthMax))
        #expect(throws: Rejection.tooLarge) {
            let more = try self.edit(1, base: 2) {
                try $0.keep(Limits.Room.documentLengthMax)
                $0.insert("b")
            }
            try self.commit(more, by: self.bob, in: &room)
        }
    }

    @Test func `an edit from before the history is too old, and one within it is not`() throws {
        var room = try room()
        for number in 1...2 * Limits.Log.historyCommitsMax {
            try commit(
                .wish(number: .init(rawValue: number), .language("go")),
                by: ada,
                role: .interviewer,
                in: &room
            )
        }
        #expect(throws: Rejection.tooOld) {
            try self.commit(self.edit(1, base: 2) { $0.insert("a") }, by: self.bob, in: &room)
        }
        let recent = room.revision.rawValue - Limits.Log.historyCommitsMax / 2
        #expect(try commit(edit(1, base: recent) { $0.insert("a") }, by: bob, in: &room) != nil)
    }

    @Test func `history from before the snapshot lets the next owner take edits made there`() throws
    {
        var first = try room()
        let commit = try #require(
            try commit(edit(1, base: 2) { $0.insert("ab") }, by: bob, in: &first)
        )
        var second = Room(first.snapshot)
        second.prependHistory([commit])
        let late = edit(1, base: 2) { $0.insert("X") }
        try self.commit(late, by: ada, role: .interviewer, in: &second)
        #expect(second.document.text == "Xab")
    }

    @Test func `an edit older than the history is refused, and the oldest in it transformed`()
        throws
    {
        let earlier = try room()
        var room = Room(earlier.snapshot)
        try commit(edit(1, base: 2) { $0.insert("a") }, by: ada, role: .interviewer, in: &room)
        #expect(throws: Rejection.tooOld) {
            try commit(edit(1, base: 1) { $0.insert("b") }, by: bob, in: &room)
        }
        #expect(room.document.text == "a")
        let oldest = try commit(edit(1, base: 2) { $0.insert("b") }, by: bob, in: &room)
        #expect(oldest?.revision == Revision(rawValue: 4))
        #expect(room.document.text == "ba")
    }

    @Test func `history from before the snapshot brings an older edit up to date`() throws {
        var first = try room()
        let known = try commit(
            edit(1, base: 2) { $0.insert("a") },
            by: ada,
            role: .interviewer,
            in: &first
        )
        var second = Room(first.snapshot)
        second.prependHistory([try #require(known)])
        try commit(edit(1, base: 2) { $0.insert("b") }, by: bob, in: &second)
        #expect(second.document.text == "ba")
    }
}
