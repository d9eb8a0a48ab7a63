/// A person in a room, as the room remembers them across reconnects.
package struct Participant: Equatable, Sendable {
    package var id: ParticipantID
    package var name: String
    package var role: Role
    /// An index into the page's palette.
    package var color: Int
    package var connected: Bool
    /// The newest of their proposals that was committed: anything up to it is known already.
    package var number: ProposalNumber
    /// When they last came or went; nil where an older version wrote it down.
    package var since: Int?
    /// How they went, while they are not connected.
    package var left: LeaveReason?
    /// Not let in yet: they receive nothing of the room and change nothing.
    package var waiting: Bool

    /// What everybody in the room, and at its door, may know of a participant.
    package struct Face: Equatable, Sendable {
        package let id: ParticipantID
        package let name: String
        package let role: Role
        package let color: Int
        package let connected: Bool
    }

    package var face: Face {
        Face(id: id, name: name, role: role, color: color, connected: connected)
    }

    /// Somebody of whom nothing is known yet.
    package init(_ id: ParticipantID) {
        self.init(id: id, name: "", role: .observer, color: 0, connected: false, number: .none)
    }

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
