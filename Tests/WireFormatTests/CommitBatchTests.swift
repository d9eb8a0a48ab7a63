import NIOCore
import RoomModel
import Testing
import WireFormat

@Suite struct CommitBatchTests {
    /// Five commits of different lengths, at the revisions 7 to 11.
    static let commits = (7...11).map { revision in
        Commit(
            revision: Revision(rawValue: revision),
            at: 1,
            by: ParticipantID(rawValue: "ada"),
            number: ProposalNumber(rawValue: 1),
            change: .granted(.language(String(repeating: "x", count: revision - 6)))
        )
    }

    static let batch = CommitBatch(
        epoch: Epoch(rawValue: 3),
        first: Revision(rawValue: 7),
        entries: commits.map { ByteBuffer(bytes: $0.json) }
    )

    @Test func `a batch of log entries is read as the commits they are`() throws {
        #expect(try Self.batch.commits() == Self.commits)
        #expect(Self.batch.last == Revision(rawValue: 11))
    }

    @Test(arguments: 0...12)
    func `what a connection has already is cut off, and the rest is a batch`(
        revision: Int
    ) throws {
        let rest = Self.batch.dropping(through: Revision(rawValue: revision))
        let expected = Self.commits.filter { $0.revision.rawValue > revision }
        #expect(try rest?.commits() ?? [] == expected)
        #expect(rest?.first == expected.first?.revision)
        #expect(rest?.lengths ?? [] == expected.map(\.json.count))
        #expect((rest == nil) == expected.isEmpty)
    }

    @Test func `a batch that came over the channel is cut like one that was made here`() throws {
        let message = try RoomMessage(RoomMessage.commits(Self.batch).encoded())
        guard case .commits(let received) = message else {
            Issue.record("was read as \(message)")
            return
        }
        let revision = Revision(rawValue: 9)
        #expect(received.dropping(through: revision) == Self.batch.dropping(through: revision))
    }

    @Test func `cutting in two steps is cutting once`() {
        let inSteps = Self.batch.dropping(through: Revision(rawValue: 8))?
            .dropping(through: Revision(rawValue: 10))
        #expect(inSteps == Self.batch.dropping(through: Revision(rawValue: 10)))
    }

    @Test(arguments: [
        "\n[]", " \n[]", " 0\n[]", " 1\n[{}]", " 3\n[{}]", " 2,2\n[{}]", " 2\n[{},{}]", " -2\n[{}]",
        " two\n[{}]", " 2,x\n[{}]", " 2,,2\n[{},{}]", " ,2\n[{}]", " 2\n",
        " 9223372036854775807\n[{}]", " 9223372036854775807,9223372036854775807\n[",
    ])
    func `lengths that are not those of the commits are refused`(rest: String) {
        #expect(throws: WireError.malformed) {
            try RoomMessage(ByteBuffer(string: "1 commits 3 7" + rest))
        }
    }
}
