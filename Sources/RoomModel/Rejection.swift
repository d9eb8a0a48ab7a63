/// Why a proposal was refused: the participant is told and the connection stays.
///
/// The raw value is the code on the wire: once published, it never changes its meaning.
package enum Rejection: String, Error, CaseIterable, Sendable {
    case invalidOperation = "invalid_operation"
    case invalidProposal = "invalid_proposal"
    case lengthMismatch = "length_mismatch"
    case futureRevision = "future_revision"
    case tooOld = "too_old"
    case forbidden
    case locked
    case waiting
    case ended
    case tooLarge = "too_large"
    case rateLimited = "rate_limited"
    /// Answers a join only, as the refusal of the connection.
    case roomFull = "room_full"

    /// What was wrong, what was expected and what to do, for the participant to read.
    package var message: String {
        switch self {
        case .invalidOperation:
            "The edit is not a valid operation: an array of non-zero integers and strings that cuts no surrogate pair."
        case .invalidProposal:
            "The message has not the form that the protocol gives it; see asyncapi.yaml."
        case .lengthMismatch:
            "The edit does not fit the document at its revision: join again and apply it anew."
        case .futureRevision:
            "The edit names a revision that this room has not reached: join again."
        case .tooOld:
            "The edit was made against a revision too far back: catch up with the commits and send it again."
        case .forbidden: "Your role does not allow this."
        case .locked: "Editing is locked by the interviewer: wait until it is unlocked."
        case .waiting: "You have not been let in yet: wait until an interviewer does."
        case .ended: "The session has ended: nothing can be changed any more."
        case .tooLarge:
            "The document would be longer than \(Limits.Room.documentLengthMax) UTF-16 code units: make it shorter first."
        case .rateLimited:
            "More than \(Limits.Socket.proposalsPerSecond) proposals or \(Limits.Socket.proposalBytesPerSecond) bytes a second, or \(Limits.Room.proposalsPerSecond) proposals in the session: wait a moment and send it again."
        case .roomFull:
            "The session has \(Limits.Room.connectedMax) participants, as many as it can hold."
        }
    }
}

extension Rejection {
    /// The same for a private note.
    package var messageAboutNotes: String {
        guard self == .tooLarge else { return message }
        return
            "A note has \(Limits.Room.noteLengthMax) UTF-16 code units at most, and a session \(Limits.Room.notesMax) notes."
    }
}

/// A proposal that was refused for good.
///
/// Its author has taken it back, so a copy that comes late must not be committed, by any owner.
package struct Refusal: Equatable, Sendable {
    package let participant: ParticipantID
    package let number: ProposalNumber
    package let rejection: Rejection

    package init(
        of participant: ParticipantID,
        _ number: ProposalNumber,
        _ rejection: Rejection
    ) {
        self.participant = participant
        self.number = number
        self.rejection = rejection
    }
}
