import NIOCore
import Ownership
import RoomModel
import Testing
import WireFormat

/// Whom an owner holds back, and when it tells their connections that they are let in.
@Suite struct OwnerStateAdmissionTests {
    /// Of a room that asks: Ada is in it, Bob and Eve wait.
    private func asking() -> Owner {
        let owner = Owner.of(Snapshot(text: "", language: "python", admission: .ask))
        owner.decide(.join(ada, name: "Ada"), .join(bob, name: "Bob"), .join(eve, name: "Eve"))
        return owner
    }

    private func admit(_ sender: OwnerMessage.Sender) -> Proposal.Request {
        .wish(number: ProposalNumber(rawValue: 1), .admitted(sender.participant))
    }

    private func open(_ number: Int) -> Proposal.Request {
        .wish(number: ProposalNumber(rawValue: number), .admission(.open))
    }

    @Test func `the join of who has to wait is committed, and its connection held back`() throws {
        let owner = Owner.of(Snapshot(text: "", language: "python", admission: .ask))
        let batch = try #require(owner.decide(.join(bob, name: "Bob")))
        #expect(
            batch.changes == [
                .joined(.init(name: "Bob", role: .candidate, color: 0, waiting: true))
            ]
        )
        #expect(batch.answers == [.held(bob.connection)])
    }

    @Test func `who asks again is held back again`() throws {
        let batch = try #require(asking().decide(.join(bob, name: "Bob")))
        #expect(batch.commits.isEmpty)
        #expect(batch.answers == [.held(bob.connection)])
    }

    @Test func `who is let in is told, and nobody else`() throws {
        let batch = try #require(asking().decide(.proposal(ada, admit(bob))))
        #expect(batch.changes == [.granted(.admitted(bob.participant))])
        #expect(batch.answers == [.admitted(bob.connection)])
    }

    @Test func `where the answer was lost, who was let in is told when they are asked for`() throws
    {
        let owner = asking()
        owner.decide(.proposal(ada, admit(bob)))
        let batch = try #require(owner.decide(.join(bob, name: "Bob")))
        #expect(batch.answers == [.admitted(bob.connection)])
    }

    @Test func `a room that opens tells everybody who waits`() throws {
        let batch = try #require(asking().decide(.proposal(ada, open(1))))
        #expect(batch.answers == [.admitted(bob.connection), .admitted(eve.connection)])
    }

    @Test func `what is proposed by who waits is refused, once and for all`() throws {
        let owner = asking()
        let first = try #require(owner.decide(.proposal(bob, language(1))))
        #expect(first.commits.isEmpty)
        #expect(first.answers == [rejected(bob, 1, .waiting)])
        owner.decide(.proposal(ada, admit(bob)))
        let again = try #require(owner.decide(.proposal(bob, language(1))))
        #expect(again.commits.isEmpty)
        #expect(try #require(owner.decide(.proposal(bob, language(2)))).commits.count == 1)
    }

    @Test func `the next owner holds back whom its gateway tells of`() throws {
        let owner = Owner.of(try #require(asking().room).snapshot)
        #expect(owner.decide(.holding(gateway: "g1", [ada, bob])) == nil)
        let asked = try #require(owner.decide(.join(bob, name: "Bob")))
        #expect(asked.answers == [.held(bob.connection)])
        let letIn = try #require(owner.decide(.proposal(ada, admit(bob))))
        #expect(letIn.answers == [.admitted(bob.connection)])
    }

    @Test func `who is held though the log says that they left waits again`() throws {
        let owner = asking()
        owner.decide(.leave(bob, .lost))
        let batch = try #require(owner.decide(.holding(gateway: "g1", [ada, bob])))
        #expect(
            batch.changes == [
                .joined(.init(name: "Bob", role: .candidate, color: 1, waiting: true))
            ]
        )
        #expect(batch.answers.isEmpty)
    }

    @Test func `who was let in while nobody held them is admitted when they come`() throws {
        let owner = asking()
        owner.decide(.leave(bob, .lost))
        let letIn = try #require(owner.decide(.proposal(ada, admit(bob))))
        #expect(letIn.answers.isEmpty)
        let batch = try #require(owner.decide(.join(sender("bob", "g2.b"), name: "Bob")))
        #expect(batch.changes == [.joined(.init(name: "Bob", role: .candidate, color: 1))])
        #expect(batch.answers == [.admitted(ConnectionID(rawValue: "g2.b"))])
    }
}
