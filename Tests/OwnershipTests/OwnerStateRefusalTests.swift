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

    @Test func `a number below a refused one is not committed, and one above is`() throws {
        let owner = try locked()
        owner.decide(.proposal(ada, lock(2, false)))
        let below = owner.decide(.proposal(bob, try insert("x", number: 4, base: 2)))
        #expect(below?.commits == [])
        #expect(below?.answers == [.head(Revision(rawValue: 4))])
        let batch = owner.decide(.proposal(bob, try insert("x", number: 6, base: 2)))
        #expect(batch?.commits.count == 1)
        #expect(owner.room?.document.text == "x")
    }

    /// The room is unlocked, and its owner dies.
    private func succeeded(_ refusals: [Refusal]) throws -> Owner {
        let earlier = try locked()
        earlier.decide(.proposal(ada, lock(2, false)))
        return Owner.of(try #require(earlier.room).snapshot, refusals: refusals)
    }

    @Test func `what one owner refused no later one commits, however late the copy`() throws {
        let earlier = Owner.ofInterview
        let batch = earlier.decide(
            .proposal(ada, lock(1, true)),
            .proposal(bob, try insert("x", number: 5, base: 2))
        )
        let refusals = try #require(batch).refusals
        #expect(refusals == [Refusal(of: bob.participant, ProposalNumber(rawValue: 5), .locked)])
        let owner = try succeeded(refusals)
        let late = try #require(owner.decide(.proposal(bob, try insert("x", number: 5, base: 2))))
        #expect(late.commits.isEmpty)
        #expect(late.answers == [rejected(bob, 5, .locked)])
        let next = owner.decide(.proposal(bob, try insert("y", number: 6, base: 4)))
        #expect(next?.commits.count == 1)
    }

    @Test func `a refusal is written down once, and what is refused for now is not`() throws {
        let owner = try locked()
        let again = owner.decide(
            .proposal(bob, try insert("x", number: 5, base: 2)),
            .proposal(bob, try insert("x", number: 6, base: 99))
        )
        #expect(again?.answers.count == 2)
        #expect(again?.refusals == [.init(of: bob.participant, .init(rawValue: 6), .locked)])
        owner.decide(.proposal(ada, lock(2, false)))
        let early = owner.decide(.proposal(bob, try insert("x", number: 7, base: 99)))
        #expect(early?.answers == [rejected(bob, 7, .futureRevision)])
        #expect(early?.refusals == [])
    }

    @Test func `of whom the room does not know nothing is kept`() throws {
        let batch = try #require(Owner.ofInterview.decide(.proposal(eve, language(1))))
        #expect(batch.refusals.isEmpty)
        let owner = Owner.of(
            Snapshot(text: "", language: "c"),
            refusals: [Refusal(of: eve.participant, ProposalNumber(rawValue: 9), .locked)]
        )
        owner.decide(.join(eve, name: "Eve"))
        #expect(try #require(owner.decide(.proposal(eve, language(1)))).commits.count == 1)
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
