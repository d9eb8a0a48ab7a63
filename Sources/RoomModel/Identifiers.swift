/// Names a room; also the hash tag of all its keys and channels.
package struct RoomID: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
}

/// Names a person in a room, across reconnects.
package struct ParticipantID: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
}

/// Names one connection of a participant: its Engine.IO session, `<gateway>.<random>`.
package struct ConnectionID: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// The gateway that holds the connection.
    package var gateway: String {
        String(rawValue.prefix { $0 != "." })
    }
}

extension StringProtocol {
    /// Whether these are letters and digits only, at most `lengthMax` of them, as in every ID that
    /// is ours: nothing that means anything to Redis, a URL or a log.
    package func isIdentifier(lengthMax: Int = 32) -> Bool {
        (1...lengthMax).contains(utf8.count)
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: false
                }
            }
    }
}
