package import OperationalTransform

/// What a participant asks of the room, stamped by its gateway with who asks.
package struct Proposal: Equatable, Sendable {
    package let by: ParticipantID
    package let role: Role
    package let request: Request

    package init(by: ParticipantID, role: Role, request: Request) {
        self.by = by
        self.role = role
        self.request = request
    }

    package enum Request: Equatable, Sendable {
        /// An operation made against the document at `base`.
        case edit(number: ProposalNumber, base: Revision, operation: TextOperation)
        case wish(number: ProposalNumber, Wish)
        case join(name: String)
        case leave(LeaveReason)

        /// What the participant counts it by; joins and leaves come from gateways and have none.
        package var number: ProposalNumber? {
            switch self {
            case .edit(let number, _, _), .wish(let number, _): number
            case .join, .leave: nil
            }
        }
    }

    package var number: ProposalNumber? { request.number }
}

/// Why somebody is no longer connected.
package enum LeaveReason: String, Sendable {
    /// They closed the page or left by themselves.
    case closed
    /// Their connection broke, or the gateway that held it did.
    case lost
}
