package import OperationalTransform

/// A proposal the owner accepted, at its revision: the only way a room ever changes.
package struct Commit: Equatable, Sendable {
    package let revision: Revision
    /// Milliseconds since 1970 by the owner's clock: for people to read, never to decide by.
    package let at: Int
    package let by: ParticipantID
    /// The number of the proposal; none for joins and leaves.
    package let number: ProposalNumber?
    package let change: Change

    package init(
        revision: Revision,
        at: Int,
        by: ParticipantID,
        number: ProposalNumber?,
        change: Change
    ) {
        self.revision = revision
        self.at = at
        self.by = by
        self.number = number
        self.change = change
    }

    package enum Change: Equatable, Sendable {
        case edit(TextOperation)
        case language(String)
        case locked(Bool)
        /// Who is `waiting` is known to the room and sees nothing of it yet.
        case joined(name: String, role: Role, color: Int, waiting: Bool = false)
        case left(LeaveReason)
        case ended
        case admission(Admission)
        /// This participant need not wait any more.
        case admitted(ParticipantID)
        /// A kind that a newer version wrote: it counts as a revision and changes nothing here.
        case unknown
    }
}
