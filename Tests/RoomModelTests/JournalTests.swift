import OperationalTransform
import RoomModel
import TestSupport
import Testing

@Suite struct JournalTests {
    private func commit(_ revision: Int, _ change: Commit.Change, by: String = "ada") -> Commit {
        Commit(
            revision: Revision(rawValue: revision),
            at: revision,
            by: ParticipantID(rawValue: by),
            number: nil,
            change: change
        )
    }

    private func revisions(in journal: Journal) -> [Int] {
        journal.commits.map(\.revision.rawValue)
    }

    @Test func `everything but edits is recorded, what is not known too`() {
        let changes: [Commit.Change] = [
            .joined(.init(name: "Ada", role: .candidate, color: 0)), .edit(TextOperation()),
            .granted(.chat("hello")), .granted(.hidden(true)), .edit(TextOperation()),
            .unknown(written: Array("{}".utf8)), .left(.closed),
        ]
        let commits = changes.enumerated().map { commit($0.offset + 1, $0.element) }
        #expect(revisions(in: Journal(commits)) == [1, 3, 4, 6, 7])
    }

    @Test func `the newest are kept`() {
        let most = Limits.Room.journalCommitsMax
        let journal = Journal((1...most + 7).map { commit($0, .granted(.locked(true))) })
        #expect(revisions(in: journal) == Array(8...most + 7))
    }

    @Test func `a page that comes and goes pushes out nothing but its own reports`() {
        let most = Limits.Room.journalHiddenMax
        var journal = Journal([
            commit(1, .granted(.chat("hello"))), commit(2, .granted(.hidden(true)), by: "bob"),
        ])
        for revision in 3...4 * most { journal.record(commit(revision, .granted(.hidden(true)))) }
        #expect(revisions(in: journal) == [1, 2] + Array(3 * most + 2...4 * most))
    }

    @Test func `where all report alike the oldest report goes first`() {
        let most = Limits.Room.journalHiddenMax
        let people = ["ada", "bob"]
        let commits = (1...most + 4).map { revision in
            commit(revision, .granted(.hidden(true)), by: people[revision % 2])
        }
        #expect(revisions(in: Journal(commits)) == Array(5...most + 4))
    }

    @Test(arguments: [
        (String(repeating: "x", count: 1_000), 1_000),
        (String(repeating: "é", count: 1_000), 2_000),
        (String(repeating: "\t", count: 1_000), 2_000),
        (String(repeating: "\u{1}", count: 100), 600),
    ])
    func `long texts push the oldest out, by the bytes they take in JSON`(text: String, bytes: Int)
    {
        let journal = Journal((1...400).map { commit($0, .granted(.chat(text))) })
        let kept = journal.commits.count
        #expect(kept * bytes <= Limits.Room.journalBytesMax)
        // Beside its text no commit takes more than some two hundred bytes.
        #expect(kept == 400 || (kept + 1) * (bytes + 256) > Limits.Room.journalBytesMax)
        #expect(journal.commits.last?.revision == Revision(rawValue: 400))
    }

    @Test func `what is larger than all of it leaves nothing`() {
        var journal = Journal([commit(1, .granted(.hidden(true)))])
        let written = Array(repeating: UInt8(ascii: "x"), count: Limits.Room.journalBytesMax)
        journal.record(commit(2, .unknown(written: written)))
        #expect(journal.commits.isEmpty)
        journal.record(commit(3, .granted(.hidden(false))))
        #expect(revisions(in: journal) == [3])
    }

    /// So owners, gateways and browsers agree, wherever they began.
    @Test(arguments: seeds(100))
    func `it is the same from any snapshot on`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // Long texts reach the bound on bytes first, short ones that on reports.
        let pieces = seed.isMultiple(of: 2) ? 400 : 4
        var whole = Journal()
        var resumed = Journal()
        for revision in 1...900 {
            let by = ["ada", "bob", "eve"][random.below(3)]
            let commit = commit(revision, randomChange(pieces, using: &random), by: by)
            whole.record(commit)
            resumed.record(commit)
            if random.chance(percent: 2) { resumed = Journal(resumed.commits) }
            guard whole == resumed else {
                Issue.record("they differ at revision \(revision)")
                return
            }
        }
    }

    private func randomChange(
        _ pieces: Int,
        using random: inout SeededGenerator
    ) -> Commit.Change {
        switch random.below(16) {
        case 0..<3: .edit(TextOperation())
        case 3, 10...: .granted(.hidden(random.chance(percent: 50)))
        case 4: .unknown(written: Array(repeating: 0, count: 100 + random.below(20 * pieces)))
        case 5: .joined(.init(name: "Ada", role: .candidate, color: 0))
        default: .granted(.chat(randomText(pieces: random.below(pieces), using: &random)))
        }
    }
}
