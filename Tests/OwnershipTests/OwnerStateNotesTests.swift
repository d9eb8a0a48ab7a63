import NIOCore
import Ownership
import RoomModel
import Testing
import WireFormat

@Suite struct OwnerStateNotesTests {
    static let id = "k2Xb7Ck9Rt4Lq8Wd"

    private func note(_ text: String, by sender: OwnerMessage.Sender) throws -> OwnerState.Incoming
    {
        let body = ByteBuffer(string: #"{"id":"\#(Self.id)","text":"\#(text)"}"#)
        return try #require(OwnerState.Incoming(.note(sender, body: body)))
    }

    @Test func `an interviewer's note is written with the revision it is about`() throws {
        let batch = try #require(Owner.ofInterview.decide(try note("good", by: ada)))
        let written = Note(
            id: Self.id,
            by: ada.participant,
            text: "good",
            at: 1,
            revision: Revision(rawValue: 2)
        )
        #expect(batch.notes == [written])
        #expect(!batch.isCommitted)
    }

    @Test func `a note takes no call of commits, so that none waits for it`() throws {
        let owner = Owner.ofInterview
        #expect(owner.received(try note("good", by: ada)))
        #expect(owner.turn() != nil)
        #expect(owner.isSettled)
    }

    @Test(arguments: [Role.candidate, .observer])
    func `nobody else writes one`(role: Role) throws {
        let owner = Owner.ofEmptyRoom
        let sender = sender("bob", "g1.b", role)
        owner.decide(.join(sender, name: "Bob"))
        let batch = try #require(owner.decide(try note("mine", by: sender)))
        #expect(batch.notes.isEmpty)
        #expect(
            batch.answers == [.noteRejected(sender.participant, note: Self.id, .forbidden)]
        )
    }

    @Test func `whom the room does not know writes none`() throws {
        let stranger = sender("zoe", "g1.z", .interviewer)
        let batch = try #require(Owner.ofInterview.decide(try note("mine", by: stranger)))
        #expect(batch.notes.isEmpty)
    }

    @Test func `what an older connection still sends cannot undo a newer text`() throws {
        let owner = Owner.ofInterview
        owner.decide(.join(sender("ada", "g2.a", .interviewer), name: "Ada"))
        let batch = try #require(owner.decide(try note("old", by: ada)))
        #expect(batch.notes.isEmpty)
        #expect(batch.answers == [.evicted(ada.connection)])
    }

    @Test func `a new owner hears whom it was told of, and nobody before`() throws {
        let owner = Owner.of(try #require(Owner.ofInterview.room).snapshot)
        #expect(owner.decide(try note("good", by: ada)) == nil)
        owner.decide(.holding(gateway: "g1", [ada]))
        #expect(owner.decide(try note("good", by: ada))?.notes.count == 1)
    }

    @Test func `notes are written after the end of the session too`() throws {
        let owner = Owner.ofInterview
        owner.decide(.proposal(ada, .wish(number: ProposalNumber(rawValue: 1), .ended)))
        #expect(owner.decide(try note("good", by: ada))?.notes.count == 1)
    }

    @Test func `whom the log took for gone when the session had ended still writes notes`() throws {
        let owner = Owner.ofInterview
        owner.decide(.proposal(ada, .wish(number: ProposalNumber(rawValue: 1), .ended)))
        owner.decide(.gatewayGone("g1"))
        owner.decide(.holding(gateway: "g1", [ada]))
        #expect(owner.decide(try note("good", by: ada))?.notes.count == 1)
    }

    @Test func `what is no note is refused by its name`() throws {
        let body = ByteBuffer(string: #"{"id":"\#(Self.id)"}"#)
        let malformed = try #require(OwnerState.Incoming(.note(ada, body: body)))
        let batch = try #require(Owner.ofInterview.decide(malformed))
        #expect(
            batch.answers == [.noteRejected(ada.participant, note: Self.id, .invalidProposal)]
        )
    }
}
