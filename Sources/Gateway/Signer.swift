import Hashing
package import RoomModel

/// Makes and checks what only this deployment can make: link tokens and participant keys.
///
/// Both are HMAC-SHA-256 under the deployment's secret, so every gateway checks them by itself and
/// nothing has to be stored. What is signed begins with its purpose: no signature serves two.
/// While secrets change there are two: one signs, and what either has signed is accepted.
package struct Signer: Sendable {
    private let secrets: [[UInt8]]

    /// Each has 32 bytes or more; the first signs.
    package init(secrets: [[UInt8]]) {
        precondition(!secrets.isEmpty, "nothing to sign with")
        self.secrets = secrets
    }

    /// What a token that was checked gives its holder.
    package struct Admission: Equatable, Sendable {
        package let room: RoomID
        package let role: Role
    }

    /// What a link carries: `<room>.<first letter of the role>.<43 characters>`.
    package func token(room: RoomID, role: Role) -> String {
        token(room: room, role: role, under: secrets[0])
    }

    private func token(room: RoomID, role: Role, under secret: [UInt8]) -> String {
        let signature = sign("token \(room.rawValue) \(role.rawValue)", under: secret)
        return "\(room.rawValue).\(role.rawValue.prefix(1)).\(signature)"
    }

    /// The room and role of a token, or nil if this deployment never made it.
    package func admission(of token: String) -> Admission? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isIdentifier(),
            let role = Role.allCases.first(where: { $0.rawValue.prefix(1) == parts[1] })
        else { return nil }
        let room = RoomID(rawValue: String(parts[0]))
        let isOurs = secrets.contains {
            token.isEqualInConstantTime(to: self.token(room: room, role: role, under: $0))
        }
        return isOurs ? Admission(room: room, role: role) : nil
    }

    /// Proves on resume that a participant is the same person.
    package func key(room: RoomID, participant: ParticipantID) -> String {
        key(room: room, participant: participant, under: secrets[0])
    }

    package func accepts(key: String, room: RoomID, participant: ParticipantID) -> Bool {
        secrets.contains {
            key.isEqualInConstantTime(
                to: self.key(room: room, participant: participant, under: $0)
            )
        }
    }

    private func key(room: RoomID, participant: ParticipantID, under secret: [UInt8]) -> String {
        sign("participant \(room.rawValue) \(participant.rawValue)", under: secret)
    }

    private func sign(_ statement: String, under secret: [UInt8]) -> String {
        base64URL(hmacSHA256(key: secret, message: Array(statement.utf8)))
    }
}
