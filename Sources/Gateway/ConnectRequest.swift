import JSONText
package import NIOCore
package import RoomModel
import WireFormat

/// What a browser says when it connects: `{token, name?, resume?: {participant, key, revision?, at?}}`.
package struct ConnectRequest: Equatable, Sendable {
    package var token = ""
    package var name: String?
    package var resume: Resume?

    package struct Resume: Equatable, Sendable {
        package var participant = ""
        package var key = ""
        /// What the browser has; nil where it kept who it is and nothing else.
        package var revision: Revision?
        /// When the commit of that revision was made, by which a log that lost its end is told.
        package var at: Int?

        package var place: LogPlace? { revision.map { LogPlace($0, at: at) } }
    }

    /// Why a connection is refused: the `message` of CONNECT_ERROR, stable.
    package enum Refusal: String, Error, CaseIterable, Sendable {
        case invalidToken = "invalid_token"
        case unknownSession = "unknown_session"
        case sessionEnded = "session_ended"
        case roomFull = "room_full"
        case invalidName = "invalid_name"
        case forbiddenOrigin = "forbidden_origin"
        case unavailable

        /// What was expected, for whoever reads it.
        package var sentence: String {
            switch self {
            case .invalidToken:
                "The token is not one of this deployment, or the key not that of this participant: connect with the part of a link behind #."
            case .unknownSession: "There is no such session, or it was deleted: ask for a new link."
            case .sessionEnded: "The session has ended: it can still be read over REST."
            case .roomFull: Rejection.roomFull.message
            case .invalidName:
                "A name has 1 to \(Limits.Room.nameLengthMax) UTF-16 code units on one line, something to be seen among them, and does not turn the direction of writing."
            case .forbiddenOrigin:
                "Pages of this origin may not connect: open the link as it was sent, or add the origin to VIVA_ORIGINS."
            case .unavailable: "The service is away: try again in a moment."
            }
        }
    }

    package init(_ auth: ByteBuffer?) throws(Refusal) {
        guard let auth, auth.readableBytes <= Limits.Socket.authBytesMax else {
            throw .invalidToken
        }
        do {
            self = try auth.readingJSON { reader in try ConnectRequest(from: &reader) }
        } catch { throw .invalidToken }
        if let name, !name.isPersonName { throw .invalidName }
    }

    private init(from reader: inout JSONReader) throws {
        try reader.members { key, reader in
            switch key {
            case "token": token = try reader.string()
            case "name": name = try Self.optional(&reader) { try $0.string() }
            case "resume": resume = try Self.optional(&reader) { try Resume(from: &$0) }
            default: break
            }
        }
    }

    /// JavaScript writes `null` for what it does not have.
    fileprivate static func optional<Value>(
        _ reader: inout JSONReader,
        _ read: (inout JSONReader) throws -> Value
    ) throws -> Value? {
        if try reader.nextKind() == .null {
            try reader.null()
            return nil
        }
        return try read(&reader)
    }
}

extension ConnectRequest.Resume {
    fileprivate init(from reader: inout JSONReader) throws {
        try reader.members { key, reader in
            switch key {
            case "participant": participant = try reader.string()
            case "key": self.key = try reader.string()
            case "revision":
                let revision = try ConnectRequest.optional(&reader) { try $0.integer() }
                self.revision = revision.map(Revision.nearest(to:))
            case "at": at = try ConnectRequest.optional(&reader) { try $0.integer() }
            default: break
            }
        }
    }
}
