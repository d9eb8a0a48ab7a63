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
        case granted(Wish)
        case joined(Arrival)
        case left(LeaveReason)
        /// A kind that a newer version wrote: it counts as a revision and changes nothing here.
        ///
        /// The whole commit comes along as it was written, so that it can be handed on.
        case unknown(written: [UInt8])
    }

    /// Somebody who came in, or came back.
    package struct Arrival: Equatable, Sendable {
        package var name: String
        package var role: Role
        /// An index into the page's palette.
        package var color: Int
        /// Not let in yet.
        package var waiting: Bool

        package init(name: String, role: Role, color: Int, waiting: Bool = false) {
            self.name = name
            self.role = role
            self.color = color
            self.waiting = waiting
        }
    }
}
