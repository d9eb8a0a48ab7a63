import JSONText
package import NIOCore
package import RoomModel

/// What a browser says when it connects: `{token, name?, resume?: {participant, key, revision?}}`.
package struct ConnectRequest: Equatable, Sendable {
    package var token = ""
    package var name: String?
    package var resume: Resume?

    package struct Resume: Equatable, Sendable {
        package var participant = ""
        package var key = ""
        /// What the browser has; nil where it kept who it is and nothing else.
        package var revision: Revision?
    }

    /// Why a connection is refused: the `message` of CONNECT_ERROR, stable.
    package enum Refusal: String, Error, Sendable {
        case invalidToken = "invalid_token"
        case unknownSession = "unknown_session"
        case sessionEnded = "session_ended"
        case roomFull = "room_full"
        case invalidName = "invalid_name"
        case forbiddenOrigin = "forbidden_origin"
        case unavailable
    }

    package init(_ auth: ByteBuffer?) throws(Refusal) {
        guard let auth, auth.readableBytes <= Limits.Socket.authBytesMax else {
            throw .invalidToken
        }
        do {
            self = try auth.withUnsafeReadableBytes { bytes in
                var reader = JSONReader(bytes)
                let request = try ConnectRequest(from: &reader)
                try reader.end()
                return request
            }
        } catch { throw .invalidToken }
        if let name, !name.isPersonName { throw .invalidName }
    }

    private init(from reader: inout JSONReader) throws {
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "token": token = try reader.string()
            case "name": name = try Self.optional(&reader) { try $0.string() }
            case "resume": resume = try Self.optional(&reader) { try Resume(from: &$0) }
            default: _ = try reader.skipValue()
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
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "participant": participant = try reader.string()
            case "key": self.key = try reader.string()
            case "revision":
                let revision = try ConnectRequest.optional(&reader) { try $0.integer() }
                self.revision = revision.map { Revision(rawValue: max(0, $0)) }
            default: _ = try reader.skipValue()
            }
        }
    }
}

extension String {
    /// Whether somebody may be called this: something visible, not too long, on one line.
    package var isPersonName: Bool {
        utf16.count <= Limits.Room.nameLengthMax
            && unicodeScalars.contains { !$0.properties.isWhitespace }
            && !unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
