import OperationalTransform
import Ownership
import RoomModel
import Testing
import WireFormat

// The people of these tests, each with the connection they first come by.
let ada = sender("ada", "g1.a", .interviewer)
let bob = sender("bob", "g1.b")
let eve = sender("eve", "g2.e")

func sender(
    _ participant: String,
    _ connection: String,
    _ role: Role = .candidate
) -> OwnerMessage.Sender {
    OwnerMessage.Sender(
        connection: ConnectionID(rawValue: connection),
        participant: ParticipantID(rawValue: participant),
        role: role
    )
}

/// An `OwnerState` by reference, so that an expectation may move it on.
@dynamicMemberLookup
final class Owner {
    private var state = OwnerState()

    subscript<Value>(dynamicMember path: KeyPath<OwnerState, Value>) -> Value {
        state[keyPath: path]
    }

    /// At epoch 3 of the room that the snapshot holds.
    static func of(_ snapshot: Snapshot, refusals: [Refusal] = []) -> Owner {
        let owner = Owner()
        owner.claimed(snapshot, refusals: refusals)
        return owner
    }

    static var ofEmptyRoom: Owner { .of(Snapshot(text: "", language: "python")) }

    /// Of a room that Ada and Bob have joined; it is at revision 2.
    static var ofInterview: Owner {
        let owner = Owner.ofEmptyRoom
        owner.decide(.join(ada, name: "Ada"), .join(bob, name: "Bob"))
        return owner
    }

    func claimed(_ snapshot: Snapshot, refusals: [Refusal] = []) {
        state.claimed(
            Room(snapshot),
            epoch: Epoch(rawValue: 3),
            snapshotRevision: snapshot.revision,
            refusals: refusals
        )
    }

    func heard(_ epoch: Int) -> Bool { state.heard(Epoch(rawValue: epoch)) }

    func letGo() { state.letGo() }

    func received(_ message: OwnerState.Incoming) -> Bool { state.received(message) }

    func turn() -> OwnerState.Batch? { state.turn(at: 1) }

    func committed(_ succeeded: Bool) { state.committed(succeeded) }

    func snapshotDue(after commits: Int) -> Snapshot? { state.snapshotDue(after: commits) }

    /// What messages of one turn lead to, once Redis has done it.
    @discardableResult
    func decide(_ messages: OwnerState.Incoming...) -> OwnerState.Batch? {
        for message in messages { #expect(received(message)) }
        guard let batch = turn() else { return nil }
        committed(true)
        return batch
    }
}

extension OwnerState.Batch {
    var changes: [Commit.Change] { commits.map(\.change) }
    var revisions: [Int] { commits.map(\.revision.rawValue) }
    /// Who is said to have left, in order.
    var left: [String] {
        commits.compactMap { if case .left = $0.change { $0.by.rawValue } else { nil } }
    }
}

/// Text that is put before a document of `length` code units.
func insert(
    _ text: String,
    number: Int,
    base: Int,
    before length: Int = 0
) throws -> Proposal.Request {
    var operation = TextOperation()
    operation.insert(text)
    if length > 0 { try operation.keep(length) }
    return .edit(
        number: ProposalNumber(rawValue: number),
        base: Revision(rawValue: base),
        operation: operation
    )
}

func language(_ number: Int, _ name: String = "go") -> Proposal.Request {
    .wish(number: ProposalNumber(rawValue: number), .language(name))
}

func lock(_ number: Int, _ locked: Bool) -> Proposal.Request {
    .wish(number: ProposalNumber(rawValue: number), .locked(locked))
}

func rejected(
    _ sender: OwnerMessage.Sender,
    _ number: Int,
    _ rejection: Rejection
) -> OwnerState.Answer {
    .rejected(sender.participant, ProposalNumber(rawValue: number), rejection)
}
