import Hashing
package import RoomModel

/// Makes and checks what only this deployment can make: link tokens and participant keys.
///
/// Both are HMAC-SHA-256 under the deployment's secret, so every gateway checks them by itself and
/// nothing has to be stored. What is signed begins with its purpose: no signature serves two.
package struct Signer: Sendable {
    private let secret: [UInt8]

    /// `secret` has 32 bytes or more.
    package init(secret: [UInt8]) {
        self.secret = secret
    }

    /// What a token that was checked gives its holder.
    package struct Admission: Equatable, Sendable {
        package let room: RoomID
        package let role: Role
    }

    /// What a link carries: `<room>.<first letter of the role>.<43 characters>`.
    package func token(room: RoomID, role: Role) -> String {
        let signature = sign("token \(room.rawValue) \(role.rawValue)")
        return "\(room.rawValue).\(role.rawValue.prefix(1)).\(signature)"
    }

    /// The room and role of a token, or nil if this deployment never made it.
    package func admission(of token: String) -> Admission? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isIdentifier(),
            let role = Role.allCases.first(where: { $0.rawValue.prefix(1) == parts[1] })
        else { return nil }
        let room = RoomID(rawValue: String(parts[0]))
        guard equalInConstantTime(Array(token.utf8), Array(self.token(room: room, role: role).utf8))
        else { return nil }
        return Admission(room: room, role: role)
    }

    /// Proves on resume that a participant is the same person.
    package func key(room: RoomID, participant: ParticipantID) -> String {
        sign("participant \(room.rawValue) \(participant.rawValue)")
    }

    package func accepts(key: String, room: RoomID, participant: ParticipantID) -> Bool {
        let expected = self.key(room: room, participant: participant)
        return equalInConstantTime(Array(key.utf8), Array(expected.utf8))
    }

    private func sign(_ statement: String) -> String {
        base64URL(hmacSHA256(key: secret, message: Array(statement.utf8)))
    }
}

/// Base 64 with the URL alphabet and without padding (RFC 4648, section 5).
private func base64URL(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var text: [UInt8] = []
    var pending: UInt32 = 0
    var bits: UInt32 = 0
    for byte in bytes {
        pending = pending << 8 | UInt32(byte)
        bits += 8
        while bits >= 6 {
            bits -= 6
            text.append(alphabet[Int(pending >> bits & 63)])
        }
    }
    if bits > 0 { text.append(alphabet[Int(pending << (6 - bits) & 63)]) }
    return String(decoding: text, as: UTF8.self)
}
