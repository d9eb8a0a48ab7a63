import OperationalTransform
import RoomModel
import TestSupport
import Testing

@testable import LoadTest

@Suite struct CommitLedgerTests {
    @Test func `the first who is told folds, the next compares and shares`() throws {
        var ledger = CommitLedger(revision: .zero, document: Document("ab"))
        let first = try ledger.take(commit(1, "2 +c"), expected: 2) { [5] }
        let second = try ledger.take(commit(1, "2 +c"), expected: 2) { [9] }
        #expect(first?.document.text == "abc")
        #expect(second?.document.text == "abc")
        #expect(second?.strokes == [5])
    }

    @Test(arguments: ["2 +d", "+c 2", "1 +c 1"])
    func `whoever is told something else is found out`(notation: String) throws {
        var ledger = CommitLedger(revision: .zero, document: Document("ab"))
        _ = try ledger.take(commit(1, "2 +c"), expected: 2) { [] }
        #expect(throws: CommitLedger.Fault.differs(Revision(rawValue: 1))) {
            try ledger.take(commit(1, notation), expected: 2) { [] }
        }
    }

    @Test func `the same text by somebody else, or of another number, is something else`() throws {
        var ledger = CommitLedger(revision: .zero, document: Document("ab"))
        _ = try ledger.take(commit(1, "2 +c"), expected: 3) { [] }
        #expect(throws: CommitLedger.Fault.self) {
            try ledger.take(commit(1, "2 +c", by: "grace"), expected: 3) { [] }
        }
        #expect(throws: CommitLedger.Fault.self) {
            try ledger.take(commit(1, "2 +c", number: 8), expected: 3) { [] }
        }
    }

    @Test func `a commit that does not fit the text is a fault`() {
        var ledger = CommitLedger(revision: .zero, document: Document("ab"))
        #expect(throws: CommitLedger.Fault.doesNotApply(Revision(rawValue: 1))) {
            try ledger.take(commit(1, "7 +c"), expected: 2) { [] }
        }
    }

    @Test func `what everybody was told is forgotten, the newest text is not`() throws {
        var ledger = CommitLedger(revision: .zero, document: Document(""))
        _ = try ledger.take(commit(1, "+a"), expected: 2) { [] }
        _ = try ledger.take(commit(1, "+a"), expected: 2) { [] }
        let late = try ledger.take(commit(1, "+a"), expected: 2) { [] }
        #expect(late?.commit == nil)
        #expect(ledger.document(at: Revision(rawValue: 1))?.text == "a")
    }

    @Test func `a revision ahead of the ledger, or long gone, cannot be compared`() throws {
        var ledger = CommitLedger(revision: Revision(rawValue: 4), document: Document("ab"))
        let ahead = try ledger.take(commit(6, "2 +c"), expected: 2) { [] }
        let gone = try ledger.take(commit(3, "2 +c"), expected: 2) { [] }
        #expect(ahead?.commit == nil && gone?.commit == nil)
        #expect(ledger.revision == Revision(rawValue: 4))
    }

    @Test func `for somebody who never comes back it does not grow without bound`() throws {
        var ledger = CommitLedger(revision: .zero, document: Document(""))
        for revision in 1...1_000 {
            _ = try ledger.take(
                commit(revision, revision == 1 ? "+a" : "\(revision - 1) +a"),
                expected: 2
            ) { [] }
        }
        #expect(ledger.document(at: Revision(rawValue: 1_000 - 256)) == nil)
        #expect(ledger.document(at: Revision(rawValue: 1_000 - 255)) != nil)
    }

    private func commit(
        _ revision: Int,
        _ notation: String,
        by: String = "ada",
        number: Int = 1
    ) throws -> Commit {
        try Commit(
            revision: Revision(rawValue: revision),
            at: 0,
            by: ParticipantID(rawValue: by),
            number: ProposalNumber(rawValue: number),
            change: .edit(op(notation))
        )
    }
}
