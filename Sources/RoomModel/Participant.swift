/// A person in a room, as the room remembers them across reconnects.
package struct Participant: Equatable, Sendable {
    package let id: ParticipantID
    package var name: String
    package var role: Role
    /// An index into the page's palette.
    package var color: Int
    package var connected: Bool
    /// The newest of their proposals that was committed: anything up to it is known already.
    package var number: ProposalNumber
    /// Not let in yet, connected or not.
    package var waiting: Bool

    package init(
        id: ParticipantID,
        name: String,
        role: Role,
        color: Int,
        connected: Bool,
        number: ProposalNumber,
        waiting: Bool = false
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.color = color
        self.connected = connected
        self.number = number
        self.waiting = waiting
    }
}
