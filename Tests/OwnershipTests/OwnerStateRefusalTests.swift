import NIOCore
import OperationalTransform
import Ownership
import RoomModel
import Testing
import WireFormat

/// Refused proposals, and what becomes of their numbers.
@Suite struct OwnerStateRefusalTests {
    /// Ada has locked the room, and Bob's edit number 5 was refused for it.
    private func locked() throws -> Owner {
        let owner = Owner.ofInterview
        let batch = owner.decide(
            .proposal(ada, lock(1, true)),
            .proposal(bob, try insert("x", number: 5, base: 2))
        )
        #expect(batch?.answers == [rejected(bob, 5, .locked)])
        return owner
    }

    private func malformed(_ event: ProposalEvent, _ body: String) throws -> OwnerState.Incoming {
        try #require(
            OwnerState.Incoming(.proposal(event, bob, body: ByteBuffer(string: body)))
        )
    }

    @Test func `a number that was refused stays refused, and is told again`() throws {
        let owner = try locked()
        owner.decide(.proposal(ada, lock(2, false)))
        let batch = try #require(
            owner.decide(.proposal(bob, try insert("x", number: 5, base: 2)))
        )
        #expect(batch.commits.isEmpty)
        #expect(batch.answers == [rejected(bob, 5, .locked)])
    }

    @Test func `a number below a refused one leads to nothing, and one above is committed`() throws
    {
        let owner = try locked()
        owner.decide(.proposal(ada, lock(2, false)))
        #expect(owner.decide(.proposal(bob, try insert("x", number: 4, base: 2))) == nil)
        let batch = owner.decide(.proposal(bob, try insert("x", number: 6, base: 2)))
        #expect(batch?.commits.count == 1)
        #expect(owner.room?.document.text == "x")
    }

    @Test func `a refusal is about its sender's numbers only`() throws {
        let owner = try locked()
        let batch = owner.decide(.proposal(ada, try insert("x", number: 5, base: 2)))
        #expect(batch?.commits.count == 1)
    }

    @Test(arguments: [(base: 99, Rejection.futureRevision), (base: 1, .tooOld)])
    func `what is refused for now is committed when it comes again`(
        base: Int,
        rejection: Rejection
    ) throws {
        let early = Owner.ofInterview
        early.decide(.proposal(ada, language(1)))
        // Without the log before the snapshot, nothing from before it can be transformed.
        let owner = Owner.of(try #require(early.room).snapshot)
        let batch = owner.decide(.proposal(bob, try insert("x", number: 1, base: base)))
        #expect(batch?.answers == [rejected(bob, 1, rejection)])
        let again = owner.decide(.proposal(bob, try insert("x", number: 1, base: 3)))
        #expect(again?.commits.count == 1)
        #expect(again?.answers == [])
    }

    @Test(arguments: [
        (
            ProposalEvent.edit, #"{"number":7,"revision":2,"operation":[0]}"#, 7,
            Rejection.invalidOperation
        ),
        (.language, #"{"number":7,"language":""}"#, 7, .invalidProposal),
        (.lock, "nonsense", 0, .invalidProposal),
    ])
    func `what cannot be read is refused under the number that could be`(
        event: ProposalEvent,
        body: String,
        number: Int,
        rejection: Rejection
    ) throws {
        let owner = Owner.ofInterview
        let batch = owner.decide(try malformed(event, body))
        #expect(batch?.answers == [rejected(bob, number, rejection)])
        #expect(batch?.commits == [])
    }

    @Test func `the number of what could not be read stays refused`() throws {
        let owner = Owner.ofInterview
        owner.decide(try malformed(.language, #"{"number":7,"language":""}"#))
        let batch = owner.decide(.proposal(bob, language(7)))
        #expect(batch?.answers == [rejected(bob, 7, .invalidProposal)])
    }

    @Test func `what cannot be read does not make an earlier refusal forgotten`() throws {
        let owner = try locked()
        owner.decide(.proposal(ada, lock(2, false)), try malformed(.edit, "nonsense"))
        let batch = owner.decide(.proposal(bob, try insert("x", number: 5, base: 2)))
        #expect(batch?.answers == [rejected(bob, 5, .locked)])
        #expect(owner.room?.document.text == "")
    }

    @Test func `who has not joined may propose nothing`() throws {
        let owner = Owner.ofInterview
        let batch = owner.decide(.proposal(eve, language(1)))
        #expect(batch?.answers == [rejected(eve, 1, .forbidden)])
    }
}
