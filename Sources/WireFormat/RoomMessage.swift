package import NIOCore
package import RoomModel

/// What travels on `{room}:out`, to every gateway that has somebody in the room.
package enum RoomMessage: Equatable, Sendable {
    case commits(CommitBatch)
    /// A participant's selections; the body is the `presence` event's argument, ready to be sent.
    case presence(by: ParticipantID, body: ByteBuffer)
    /// That a participant is there; the body is the `pulse` event's argument, ready to be sent.
    case pulse(by: ParticipantID, body: ByteBuffer)
    /// A private note was written, as the count of all such times; the body is the `notes` event's
    /// argument, for interviewers alone.
    case notes(count: Int, id: String, body: ByteBuffer)
    /// A new owner has claimed the room.
    case epoch(Epoch)
    /// The body is the `rejected` event's argument, ready to be sent to that participant.
    case rejected(ParticipantID, body: ByteBuffer)
    /// The join of this connection is in the log.
    case admitted(ConnectionID)
    /// The join of this connection is in the log, and its participant has to wait to be let in.
    case held(ConnectionID)
    /// A join was refused.
    case refused(ConnectionID, Rejection)
    /// The participant has a newer connection: this one ends.
    case evicted(ConnectionID)
    /// The log reaches to this revision: said to whoever asks for what is in it already.
    case head(Revision)
    /// The room and everything about it is gone.
    case deleted
}

extension RoomMessage {
    package func encoded() -> ByteBuffer {
        switch self {
        case .commits(let batch): batch.encoded()
        case .presence(let by, let body):
            HeaderLine.encode("presence", by.rawValue, body: body.readableBytesView)
        case .pulse(let by, let body):
            HeaderLine.encode("pulse", by.rawValue, body: body.readableBytesView)
        case .notes(let count, let id, let body):
            HeaderLine.encode("notes", "\(count)", id, body: body.readableBytesView)
        case .epoch(let epoch): HeaderLine.encode("epoch", "\(epoch.rawValue)", body: [])
        case .rejected(let participant, let body):
            HeaderLine.encode("rejected", participant.rawValue, body: body.readableBytesView)
        case .admitted(let connection):
            HeaderLine.encode("admitted", connection.rawValue, body: [])
        case .held(let connection): HeaderLine.encode("held", connection.rawValue, body: [])
        case .refused(let connection, let rejection):
            HeaderLine.encode("refused", connection.rawValue, rejection.rawValue, body: [])
        case .evicted(let connection):
            HeaderLine.encode("evicted", connection.rawValue, body: [])
        case .head(let revision): HeaderLine.encode("head", "\(revision.rawValue)", body: [])
        case .deleted: HeaderLine.encode("deleted", body: [])
        }
    }

    package init(_ message: ByteBuffer) throws(WireError) {
        let header = try HeaderLine(message)
        switch try header.word(0) {
        case "commits": self = .commits(try CommitBatch(header))
        case "presence":
            self = .presence(by: ParticipantID(rawValue: try header.word(1)), body: header.body)
        case "pulse":
            self = .pulse(by: ParticipantID(rawValue: try header.word(1)), body: header.body)
        case "notes":
            self = .notes(
                count: try header.number(1),
                id: try header.word(2),
                body: header.body
            )
        case "epoch": self = .epoch(Epoch(rawValue: try header.number(1)))
        case "rejected":
            self = .rejected(ParticipantID(rawValue: try header.word(1)), body: header.body)
        case "admitted": self = .admitted(ConnectionID(rawValue: try header.word(1)))
        case "held": self = .held(ConnectionID(rawValue: try header.word(1)))
        case "refused":
            self = .refused(
                ConnectionID(rawValue: try header.word(1)),
                Rejection(rawValue: try header.word(2)) ?? .forbidden
            )
        case "evicted": self = .evicted(ConnectionID(rawValue: try header.word(1)))
        case "head": self = .head(Revision(rawValue: try header.number(1)))
        case "deleted": self = .deleted
        default: throw .unknownVersion
        }
    }
}
