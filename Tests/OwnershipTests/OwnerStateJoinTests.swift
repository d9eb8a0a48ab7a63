import NIOCore
import Ownership
import RoomModel
import Testing
import WireFormat

/// Who comes, who goes, and what an owner does about what it hears of both.
@Suite struct OwnerStateJoinTests {
    let bobAgain = sender("bob", "g2.b")

    /// What the log says about Ada, Bob and Eve, who were all connected when its owner died.
    private func inherited() throws -> Owner {
        let earlier = Owner.ofInterview
        earlier.decide(.join(eve, name: "Eve"))
        return Owner.of(try #require(earlier.room).snapshot)
    }

    @Test func `a join is committed and its connection admitted`() throws {
        let owner = Owner.ofEmptyRoom
        let batch = try #require(owner.decide(.join(bob, name: "Bob")))
        #expect(batch.changes == [.joined(.init(name: "Bob", role: .candidate, color: 0))])
        #expect(batch.answers == [.admitted(bob.connection)])
        #expect(owner.attendance.connection(of: bob.participant) == bob.connection)
    }

    @Test func `a join that is asked for again is admitted again and committed once`() throws {
        let owner = Owner.ofInterview
        let batch = try #require(owner.decide(.join(bob, name: "Bob")))
        #expect(batch.commits.isEmpty)
        #expect(batch.answers == [.admitted(bob.connection)])
    }

    @Test func `a newer connection of the same participant evicts the older`() throws {
        let owner = Owner.ofInterview
        let batch = try #require(owner.decide(.join(bobAgain, name: "Bob")))
        #expect(batch.commits.count == 1)
        #expect(batch.answers == [.admitted(bobAgain.connection), .evicted(bob.connection)])
    }

    @Test func `what an evicted connection still sends is not heard, and it is told again`() throws
    {
        let owner = Owner.ofInterview
        owner.decide(.join(bobAgain, name: "Bob"))
        let malformed = OwnerState.Incoming(.proposal(.edit, bob, body: .init()))
        for message in [
            .join(bob, name: "Bob"), .proposal(bob, language(1)), try #require(malformed),
        ] as [OwnerState.Incoming] {
            let batch = try #require(owner.decide(message))
            #expect(batch.commits.isEmpty)
            #expect(batch.answers == [.evicted(bob.connection)])
        }
        #expect(owner.decide(.leave(bob, .closed)) == nil)
        #expect(owner.room?.roster[bob.participant]?.connected == true)
    }

    @Test func `a full room refuses a newcomer and not who is in it already`() throws {
        let owner = Owner.ofInterview
        for number in 3...Limits.Room.connectedMax {
            owner.decide(.join(sender("p\(number)", "g1.\(number)"), name: "P"))
        }
        let batch = try #require(
            owner.decide(.join(eve, name: "Eve"), .join(bobAgain, name: "Bob"))
        )
        #expect(
            batch.answers == [
                .refused(eve.connection, .roomFull), .admitted(bobAgain.connection),
                .evicted(bob.connection),
            ]
        )
        #expect(owner.attendance.connection(of: eve.participant) == nil)
    }

    @Test func `a session that has ended refuses a newcomer`() throws {
        let owner = Owner.ofInterview
        owner.decide(.proposal(ada, .wish(number: ProposalNumber(rawValue: 1), .ended)))
        let batch = try #require(owner.decide(.join(eve, name: "Eve")))
        #expect(batch.commits.isEmpty)
        #expect(batch.answers == [.refused(eve.connection, .ended)])
    }

    @Test(arguments: [LeaveReason.closed, .lost])
    func `a leave is committed once, with its reason`(reason: LeaveReason) throws {
        let owner = Owner.ofInterview
        let batch = try #require(owner.decide(.leave(bob, reason), .leave(bob, reason)))
        #expect(batch.changes == [.left(reason)])
    }

    // MARK: After a change of owner

    @Test func `a leave of somebody who joined under an earlier owner counts`() throws {
        let owner = try inherited()
        #expect(try #require(owner.decide(.leave(bob, .closed))).left == ["bob"])
    }

    @Test func `who is held by no gateway is a ghost, and leaves when attendance is due`() throws {
        let owner = try inherited()
        #expect(owner.decide(.holding(gateway: "g1", [ada])) == nil)
        let batch = try #require(owner.decide(.attendanceDue))
        #expect(batch.left == ["bob", "eve"])
        #expect(batch.changes.allSatisfy { $0 == .left(.lost) })
        #expect(owner.decide(.attendanceDue) == nil)
    }

    @Test func `who is held though the log says that they left joins again by their name`() throws {
        let owner = Owner.ofInterview
        owner.decide(.leave(bob, .lost))
        let batch = try #require(owner.decide(.holding(gateway: "g2", [bobAgain])))
        #expect(batch.changes == [.joined(.init(name: "Bob", role: .candidate, color: 1))])
        #expect(batch.answers.isEmpty)
        #expect(owner.decide(.holding(gateway: "g2", [bobAgain])) == nil)
    }

    /// Ada, Bob and others up to the bound; Eve was here before them and left.
    private func full() -> Owner {
        let owner = Owner.ofInterview
        owner.decide(.join(eve, name: "Eve"), .leave(eve, .closed))
        for number in 3...Limits.Room.connectedMax {
            owner.decide(.join(sender("p\(number)", "g1.\(number)"), name: "P"))
        }
        return owner
    }

    @Test func `who is held but finds no place is not present, and their join is refused`() throws {
        let owner = full()
        #expect(owner.decide(.holding(gateway: "g2", [eve])) == nil)
        #expect(owner.attendance.connection(of: eve.participant) == nil)
        let batch = try #require(owner.decide(.join(eve, name: "Eve")))
        #expect(batch.answers == [.refused(eve.connection, .roomFull)])
    }

    @Test func `who is held joins by their gateway's next word, once there is a place`() throws {
        let owner = full()
        #expect(owner.decide(.holding(gateway: "g2", [eve])) == nil)
        owner.decide(.leave(bob, .closed))
        let batch = try #require(owner.decide(.holding(gateway: "g2", [eve])))
        #expect(batch.commits.map(\.by) == [eve.participant])
        #expect(owner.attendance.connection(of: eve.participant) == eve.connection)
    }

    @Test func `whom the room has never known is waited for, as their join has a name`() throws {
        let owner = Owner.ofInterview
        #expect(owner.decide(.holding(gateway: "g2", [eve])) == nil)
        let batch = try #require(owner.decide(.join(eve, name: "Eve")))
        #expect(batch.changes == [.joined(.init(name: "Eve", role: .candidate, color: 2))])
    }

    @Test func `of two connections of somebody in one word the first is theirs`() throws {
        let owner = Owner.ofInterview
        owner.decide(.leave(bob, .lost))
        let word = OwnerState.Incoming.holding(gateway: "g2", [bobAgain, sender("bob", "g2.c")])
        #expect(try #require(owner.decide(word)).commits.count == 1)
        #expect(owner.attendance.connection(of: bob.participant) == bobAgain.connection)
        #expect(!owner.attendance.isEvicted(bobAgain.connection))
    }

    @Test func `whom their gateway no longer holds leaves`() throws {
        let owner = Owner.ofInterview
        let batch = try #require(owner.decide(.holding(gateway: "g1", [bob])))
        #expect(batch.left == ["ada"])
        #expect(batch.changes == [.left(.lost)])
    }

    @Test func `a held connection whose join comes later is admitted without another commit`()
        throws
    {
        let owner = try inherited()
        owner.decide(.holding(gateway: "g1", [bob]))
        let batch = try #require(owner.decide(.join(bob, name: "Bob")))
        #expect(batch.commits.isEmpty)
        #expect(batch.answers == [.admitted(bob.connection)])
    }

    @Test func `with a gateway go all whom it held, and nobody else`() throws {
        let owner = Owner.ofInterview
        owner.decide(.join(eve, name: "Eve"))
        let batch = try #require(owner.decide(.gatewayGone("g1")))
        #expect(batch.left == ["ada", "bob"])
        #expect(owner.attendance.gateways == ["g2"])
        #expect(owner.decide(.gatewayGone("g1")) == nil)
    }
}
