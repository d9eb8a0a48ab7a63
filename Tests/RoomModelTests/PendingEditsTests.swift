import OperationalTransform
import RoomModel
import TestSupport
import Testing

@Suite struct PendingEditsTests {
    let ada = ParticipantID(rawValue: "ada")
    let bob = ParticipantID(rawValue: "bob")

    func pending(text: String = "") -> PendingEdits {
        PendingEdits(participant: ada, revision: Revision(rawValue: 5), document: Document(text))
    }

    func edit(_ number: Int, base: Int, _ notation: String) throws -> Proposal.Request {
        .edit(
            number: ProposalNumber(rawValue: number),
            base: Revision(rawValue: base),
            operation: try op(notation)
        )
    }

    func commit(
        _ revision: Int,
        by participant: ParticipantID,
        number: Int,
        _ change: Commit.Change
    ) -> Commit {
        Commit(
            revision: Revision(rawValue: revision),
            at: 1,
            by: participant,
            number: ProposalNumber(rawValue: number),
            change: change
        )
    }

    // MARK: Sharing

    @Test func `a document that somebody folded already is taken over, pending edits are not lost`()
        throws
    {
        var alone = pending(text: "ab")
        _ = try alone.proposeEdit(op("2 +c"))
        var sharing = alone
        let foreign = commit(6, by: bob, number: 1, .edit(try op("+x 2")))
        let received = try alone.received(foreign)
        #expect(try sharing.received(foreign, folded: Document("xab")) == received)
        #expect(sharing == alone)
    }

    // MARK: Proposing

    @Test func `what is typed while an edit is in flight becomes the next edit`() throws {
        var pending = pending()
        #expect(try pending.proposeEdit(op("+a")) == edit(1, base: 5, "+a"))
        #expect(try pending.proposeEdit(op("1 +b")) == nil)
        #expect(try pending.proposeEdit(op("2 +c")) == nil)
        let received = try pending.received(commit(6, by: ada, number: 1, .edit(op("+a"))))
        #expect(try received == .acknowledged(next: edit(2, base: 6, "1 +bc")))
    }

    @Test func `what changes nothing is not proposed`() throws {
        var pending = pending(text: "ab")
        #expect(try pending.proposeEdit(op("2")) == nil)
        #expect(try pending.proposeEdit(op("2 +a")) != nil)
        #expect(try pending.proposeEdit(op("3 +b")) == nil)
        #expect(try pending.proposeEdit(op("3 -1")) == nil)
        #expect(pending.unsavedCount == 1)
    }

    @Test func `proposals of any kind go one after the other, in order`() throws {
        var pending = pending()
        _ = try pending.proposeEdit(op("+a"))
        #expect(pending.propose(.language("swift")) == nil)
        _ = try pending.proposeEdit(op("1 +b"))
        #expect(pending.propose(.ended) == nil)
        _ = try pending.proposeEdit(op("2 +c"))
        #expect(pending.unsavedCount == 5)
        let first = try pending.received(commit(6, by: ada, number: 1, .edit(op("+a"))))
        #expect(
            first
                == .acknowledged(
                    next: .wish(number: ProposalNumber(rawValue: 2), .language("swift"))
                )
        )
        let second = try pending.received(
            commit(7, by: ada, number: 2, .granted(.language("swift")))
        )
        #expect(try second == .acknowledged(next: edit(3, base: 7, "1 +bc")))
        let third = try pending.received(commit(8, by: ada, number: 3, .edit(op("1 +bc"))))
        #expect(third == .acknowledged(next: .wish(number: ProposalNumber(rawValue: 4), .ended)))
    }

    @Test func `a later wish replaces one of its kind that waits`() throws {
        var pending = pending()
        _ = pending.propose(.locked(true))
        for language in ["c", "java", "swift"] { _ = pending.propose(.language(language)) }
        _ = pending.propose(.locked(false))
        #expect(pending.unsavedCount == 3)
        let received = try pending.received(commit(6, by: ada, number: 1, .granted(.locked(true))))
        #expect(
            received
                == .acknowledged(
                    next: .wish(number: ProposalNumber(rawValue: 2), .language("swift"))
                )
        )
    }

    @Test func `what is said waits beside what was said before, and pastes add up`() throws {
        var pending = pending()
        let wishes: [Wish] = [
            .locked(true), .chat("one"), .pasted(200), .chat("two"), .pasted(300), .hidden(true),
            .admitted(ada), .hidden(false), .admitted(bob), .admitted(ada),
        ]
        for wish in wishes { _ = pending.propose(wish) }
        // What the page reports is nobody's unsaved work.
        #expect(pending.unsavedCount == 5)
        var sent: [Wish] = []
        while case .wish(let number, let wish)? = pending.sendAgain() {
            sent.append(wish)
            let revision = pending.revision.rawValue + 1
            _ = try pending.received(
                commit(revision, by: ada, number: number.rawValue, .granted(wish))
            )
        }
        #expect(
            sent == [
                .locked(true), .chat("one"), .pasted(500), .chat("two"), .hidden(false),
                .admitted(ada), .admitted(bob),
            ]
        )
    }

    @Test func `pastes that add up never go beyond what may be reported`() {
        let most = Limits.Room.documentLengthMax
        #expect(Wish.pasted(most).joining(.pasted(most)) == .pasted(most))
    }

    @Test(arguments: [Wish.chat("what I said"), .title("what I said")])
    func `the words of a wish that was refused are given back`(wish: Wish) throws {
        var pending = pending()
        _ = pending.propose(wish)
        let refused = try pending.rejected(ProposalNumber(rawValue: 1), .forbidden)
        #expect(refused == .takenBack(undo: nil, text: "what I said", next: nil))
    }

    @Test func `numbers go on above what is known`() throws {
        var pending = pending()
        pending.numbersStart(above: ProposalNumber(rawValue: 40))
        pending.numbersStart(above: ProposalNumber(rawValue: 7))
        _ = try pending.received(commit(6, by: ada, number: 50, .granted(.locked(true))))
        #expect(try pending.proposeEdit(op("+a")) == edit(51, base: 6, "+a"))
    }

    // MARK: Receiving

    @Test func `a foreign commit passes what is pending, and that passes it`() throws {
        var pending = pending(text: "abc")
        _ = try pending.proposeEdit(op("3 +X"))
        _ = try pending.proposeEdit(op("-1 3"))
        let received = try pending.received(commit(6, by: bob, number: 1, .edit(op("1 +Y 2"))))
        #expect(try received == .foreign(op("+Y 3")))
        #expect(try pending.sendAgain() == edit(1, base: 6, "4 +X"))
        #expect(pending.document.text == "aYbc")
    }

    @Test func `a commit of ours with another number comes as anybody's would`() throws {
        var pending = pending()
        pending.numbersStart(above: ProposalNumber(rawValue: 1))
        _ = try pending.proposeEdit(op("+b"))
        let received = try pending.received(commit(6, by: ada, number: 1, .edit(op("+a"))))
        #expect(try received == .foreign(op("1 +a")))
        #expect(pending.unsavedCount == 1)
    }

    @Test func `a commit that cannot follow is refused and changes nothing`() throws {
        var pending = pending(text: "abc")
        _ = try pending.proposeEdit(op("3 +X"))
        let before = pending
        let gap = FoldError.revisionGap(
            expected: Revision(rawValue: 6),
            found: Revision(rawValue: 7)
        )
        #expect(throws: gap) {
            try pending.received(self.commit(7, by: self.bob, number: 1, .granted(.ended)))
        }
        let damaged = FoldError.doesNotApply(Revision(rawValue: 6))
        for (author, notation) in [(bob, "9"), (ada, "3 +Y")] {
            #expect(throws: damaged) {
                try pending.received(self.commit(6, by: author, number: 1, .edit(op(notation))))
            }
        }
        #expect(pending == before)
    }

    // MARK: Rejections

    /// Another copy may be on its way: under a new number the edit could be committed twice.
    @Test(arguments: [Rejection.tooOld, .rateLimited])
    func `what came at the wrong moment is proposed again under its number`(
        rejection: Rejection
    ) throws {
        var pending = pending()
        _ = try pending.proposeEdit(op("+a"))
        _ = try pending.received(commit(6, by: bob, number: 1, .edit(op("+b"))))
        let refused = try pending.rejected(ProposalNumber(rawValue: 1), rejection)
        #expect(try refused == .again(edit(1, base: 6, "+a 1")))
        #expect(try pending.rejected(ProposalNumber(rawValue: 2), rejection) == .unknown)
    }

    @Test func `who is ahead of the room keeps what was proposed`() throws {
        var pending = pending()
        _ = try pending.proposeEdit(op("+a"))
        let before = pending
        #expect(try pending.rejected(ProposalNumber(rawValue: 1), .futureRevision) == .ahead)
        #expect(pending == before)
    }

    @Test func `a refused edit is taken back and what was typed since stays`() throws {
        var pending = pending(text: "one two three")
        _ = try pending.proposeEdit(op("4 +TWO -3 6"))
        _ = try pending.proposeEdit(op("7 +! 6"))
        // Somebody else deletes a part of what the edit deleted: it must not come back.
        _ = try pending.received(commit(6, by: bob, number: 1, .edit(op("5 -1 7"))))
        let refused = try pending.rejected(ProposalNumber(rawValue: 1), .locked)
        #expect(
            try refused
                == .takenBack(undo: op("4 +to -3 7"), text: "TWO", next: edit(2, base: 6, "6 +! 6"))
        )
    }

    // MARK: Offsets and storage

    @Test func `an offset is told in the committed document and comes back`() throws {
        var pending = pending(text: "abc")
        _ = try pending.proposeEdit(op("1 +XY 2"))
        _ = try pending.proposeEdit(op("-1 4"))
        #expect((0...4).map(pending.committedOffset) == [0, 1, 1, 2, 3])
        #expect((0...3).map(pending.editorOffset) == [0, 2, 3, 4])
    }

    @Test func `what is pending survives a reload`() throws {
        var pending = pending(text: "abc")
        _ = try pending.proposeEdit(op("3 +X"))
        _ = try pending.proposeEdit(op("4 +Y"))
        _ = pending.propose(.ended)
        #expect(try PendingEdits(restoring: pending.state) == pending)
        var damaged = pending.state
        damaged.text = "ab"
        #expect(throws: OperationError.lengthMismatch(expected: 2, actual: 3)) {
            try PendingEdits(restoring: damaged)
        }
    }
}
