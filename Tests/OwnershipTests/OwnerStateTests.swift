import Ownership
import RoomModel
import Testing
import WireFormat

/// The phases of an owner, its batches and its bounds; who comes and goes is told elsewhere.
@Suite struct OwnerStateTests {
    // MARK: Claiming and letting go

    @Test func `what arrives while the room is claimed is ordered when it is owned`() throws {
        let owner = Owner()
        #expect(owner.received(.join(ada, name: "Ada")))
        #expect(owner.received(.join(bob, name: "Bob")))
        #expect(!owner.hasWork)
        #expect(owner.turn() == nil)

        owner.claimed(Snapshot(text: "", language: "python"))
        let batch = try #require(owner.turn())
        #expect(batch.commits.map(\.by) == [ada.participant, bob.participant])
        #expect(owner.epoch == Epoch(rawValue: 3))
    }

    @Test func `an owner that has let go is not brought back by a late claim`() {
        let owner = Owner()
        owner.letGo()
        owner.claimed(Snapshot(text: "", language: "python"))
        #expect(owner.phase == .gone)
        #expect(owner.room == nil)
    }

    @Test func `a call that was fenced or has an unknown outcome ends the owner`() throws {
        let owner = Owner.ofInterview
        #expect(owner.received(.proposal(ada, language(1))))
        _ = try #require(owner.turn())
        #expect(owner.received(.proposal(ada, language(2))))
        owner.committed(false)
        #expect(owner.phase == .gone)
        #expect(owner.room == nil)
        #expect(owner.isSettled)
        #expect(!owner.received(.proposal(ada, language(3))))
        #expect(owner.turn() == nil)
    }

    @Test(arguments: [(2, false), (3, false), (4, true), (9, true)])
    func `only a newer epoch ends the owner`(epoch: Int, ends: Bool) {
        let owner = Owner.ofInterview
        #expect(owner.heard(epoch) == ends)
        #expect(owner.phase == (ends ? .gone : .owned))
    }

    @Test func `an epoch heard while claiming says nothing about a claim under way`() {
        let owner = Owner()
        #expect(!owner.heard(9))
        #expect(owner.phase == .claiming)
    }

    // MARK: Batches

    @Test func `what one turn brings is ordered together, in the order it came`() throws {
        let owner = Owner.ofInterview
        let batch = try #require(
            owner.decide(
                .proposal(ada, language(1)),
                .proposal(bob, try insert("x", number: 1, base: 2)),
                .proposal(bob, lock(2, true)),
                .leave(bob, .closed)
            )
        )
        #expect(batch.first == Revision(rawValue: 3))
        #expect(batch.revisions == [3, 4, 5])
        #expect(
            batch.commits.map(\.by) == [ada.participant, bob.participant, bob.participant]
        )
        #expect(batch.changes.last == .left(.closed))
        #expect(batch.answers == [rejected(bob, 2, .forbidden)])
        #expect(batch.commits.allSatisfy { $0.at == 1 })
    }

    @Test func `a batch without commits still says which revision comes next`() throws {
        let owner = Owner.ofInterview
        let batch = try #require(owner.decide(.proposal(bob, lock(1, true))))
        #expect(batch.commits.isEmpty)
        #expect(batch.first == Revision(rawValue: 3))
    }

    @Test func `what leads to nothing makes no call`() {
        let owner = Owner.ofInterview
        #expect(owner.decide(.holding(gateway: "g1", [ada, bob])) == nil)
        #expect(owner.isSettled)
    }

    @Test func `what is committed already is answered by where the room stands, once`() throws {
        let owner = Owner.ofInterview
        owner.decide(.proposal(ada, language(1)))
        let batch = try #require(
            owner.decide(.proposal(ada, language(1)), .proposal(ada, language(1)))
        )
        #expect(batch.commits.isEmpty)
        #expect(batch.answers == [.head(Revision(rawValue: 3))])
    }

    @Test func `a batch holds no more commits than one call may, and the rest follows`() throws {
        let owner = Owner.ofInterview
        for number in 1...Limits.Log.commitsPerBatch + 2 {
            #expect(owner.received(.proposal(ada, language(number))))
        }
        let first = try #require(owner.turn())
        let second = try #require(owner.turn())
        #expect(first.commits.count == Limits.Log.commitsPerBatch)
        #expect(second.commits.count == 2)
        #expect(second.first == first.commits.last?.revision.next)
    }

    // MARK: Bounds

    @Test func `with as many calls under way as may be, the rest waits for an answer`() throws {
        let owner = Owner.ofInterview
        for number in 1...Limits.Log.callsInFlightMax {
            #expect(owner.received(.proposal(ada, language(number))))
            _ = try #require(owner.turn())
        }
        for number in 1...2 {
            #expect(owner.received(.proposal(ada, language(Limits.Log.callsInFlightMax + number))))
        }
        #expect(!owner.hasWork)
        #expect(owner.turn() == nil)

        owner.committed(true)
        let batch = try #require(owner.turn())
        #expect(batch.commits.count == 2)
        #expect(!owner.isSettled)
    }

    @Test func `what does not fit while the room is claimed is dropped`() {
        let owner = Owner()
        for number in 1...Limits.Log.proposalsWaitingMax {
            let isKept = owner.received(.proposal(ada, language(number)))
            if !isKept { Issue.record("proposal \(number) was dropped") }
        }
        #expect(!owner.received(.proposal(ada, language(Limits.Log.proposalsWaitingMax + 1))))
    }

    // MARK: Snapshots

    @Test func `a snapshot is due once there are commits enough, and then once`() throws {
        let owner = Owner.ofInterview
        #expect(owner.snapshotDue(after: 3) == nil)
        let snapshot = try #require(owner.snapshotDue(after: 2))
        #expect(snapshot == owner.room?.snapshot)
        #expect(owner.snapshotDue(after: 1) == nil)
        owner.decide(.proposal(ada, language(1)))
        #expect(owner.snapshotDue(after: 1)?.revision == Revision(rawValue: 3))
    }

    @Test func `nobody writes a snapshot of a room that is not theirs`() {
        let claiming = Owner()
        let gone = Owner.ofInterview
        gone.letGo()
        #expect(claiming.snapshotDue(after: 1) == nil)
        #expect(gone.snapshotDue(after: 1) == nil)
    }

    /// What this version does not know would be missing from its snapshot, and the log be read from there.
    @Test func `a room that holds what a newer version put there keeps its snapshot`() {
        var snapshot = Snapshot(text: "", language: "python")
        snapshot.holdsUnknown = true
        let owner = Owner.of(snapshot)
        owner.decide(.join(ada, name: "Ada"))
        #expect(owner.snapshotDue(after: 1) == nil)
    }
}
