import Gateway
import RoomModel
import Testing

@Suite struct SignerTests {
    let signer = Signer(secrets: [[UInt8](repeating: 7, count: 32)])
    let stranger = Signer(secrets: [[UInt8](repeating: 8, count: 32)])
    let room = RoomID(rawValue: "7Kq2VnT0bXw9RfLd")
    let otherRoom = RoomID(rawValue: "8Kq2VnT0bXw9RfLd")
    let ada = ParticipantID(rawValue: "Qw5yR2mK9sHd1Jfe")
    let grace = ParticipantID(rawValue: "3tGx8Lq0VbNc7Zpa")

    // MARK: Tokens

    @Test(arguments: Role.allCases)
    func `a token gives the room and the role it was made for`(role: Role) {
        let admission = signer.admission(of: signer.token(room: room, role: role))
        #expect(admission?.room == room)
        #expect(admission?.role == role)
    }

    @Test func `a token is the same each time, and fit for a link`() {
        let token = signer.token(room: room, role: .candidate)
        #expect(token == signer.token(room: room, role: .candidate))
        #expect(token.wholeMatch(of: /7Kq2VnT0bXw9RfLd\.c\.[0-9A-Za-z_-]{43}/) != nil)
    }

    @Test func `a token of another secret is none`() {
        #expect(signer.admission(of: stranger.token(room: room, role: .candidate)) == nil)
    }

    @Test(arguments: Role.allCases, Role.allCases)
    func `a token cannot be turned into one of another role`(from: Role, to: Role) {
        guard from != to else { return }
        let forged = replacing(1, in: signer.token(room: room, role: from), by: first(of: to))
        #expect(signer.admission(of: forged) == nil)
    }

    @Test func `a token cannot be turned into one of another room`() {
        let token = signer.token(room: room, role: .interviewer)
        #expect(signer.admission(of: replacing(0, in: token, by: otherRoom.rawValue)) == nil)
    }

    @Test func `no beginning of a token is one`() {
        let token = signer.token(room: room, role: .interviewer)
        for length in 0..<token.count {
            #expect(signer.admission(of: String(token.prefix(length))) == nil)
        }
    }

    @Test func `a token with one character changed is none`() {
        let token = signer.token(room: room, role: .interviewer)
        for index in token.indices {
            var forged = token
            forged.replaceSubrange(index...index, with: token[index] == "A" ? "B" : "A")
            #expect(signer.admission(of: forged) == nil)
        }
    }

    @Test(arguments: [
        "", ".", "..", "...", "nonsense", "a.b.c", "a.i.", ".i.c", "é.i.x", "a b.i.c",
    ])
    func `nonsense is no token`(text: String) {
        #expect(signer.admission(of: text) == nil)
    }

    @Test(arguments: [" ", "=", ".", "A", "\n", "\u{0}"])
    func `nothing may follow a token`(rest: String) {
        #expect(signer.admission(of: signer.token(room: room, role: .observer) + rest) == nil)
    }

    // MARK: Keys

    @Test func `a key proves who somebody is in a room`() {
        let key = signer.key(room: room, participant: ada)
        #expect(signer.accepts(key: key, room: room, participant: ada))
    }

    @Test func `a key of another participant, room or secret proves nothing`() {
        let key = signer.key(room: room, participant: ada)
        #expect(!signer.accepts(key: key, room: room, participant: grace))
        #expect(!signer.accepts(key: key, room: otherRoom, participant: ada))
        #expect(!stranger.accepts(key: key, room: room, participant: ada))
    }

    @Test func `neither half a key nor none is a key`() {
        let key = signer.key(room: room, participant: ada)
        #expect(!signer.accepts(key: "", room: room, participant: ada))
        #expect(!signer.accepts(key: String(key.dropLast()), room: room, participant: ada))
    }

    @Test func `a token is no key`() {
        // Even for a participant named like the role, the purposes differ.
        let participant = ParticipantID(rawValue: "candidate")
        let token = signer.token(room: room, role: .candidate)
        let signature = String(token.suffix(43))
        #expect(!signer.accepts(key: signature, room: room, participant: participant))
    }

    // MARK: Change of secrets

    /// As gateways are set one after the other: the next secret is made known, then signs, then is alone.
    let before = Signer(secrets: [
        [UInt8](repeating: 7, count: 32), [UInt8](repeating: 8, count: 32),
    ])
    let after = Signer(secrets: [
        [UInt8](repeating: 8, count: 32), [UInt8](repeating: 7, count: 32),
    ])

    @Test func `the first of two secrets signs`() {
        let token = signer.token(room: room, role: .candidate)
        #expect(before.token(room: room, role: .candidate) == token)
        #expect(after.token(room: room, role: .candidate) != token)
        #expect(
            before.key(room: room, participant: ada) == signer.key(room: room, participant: ada)
        )
    }

    @Test func `what either of two secrets has signed is accepted`() {
        for signing in [signer, stranger] {
            for accepting in [before, after] {
                let token = signing.token(room: room, role: .candidate)
                #expect(accepting.admission(of: token)?.role == .candidate)
                let key = signing.key(room: room, participant: ada)
                #expect(accepting.accepts(key: key, room: room, participant: ada))
            }
        }
    }

    @Test func `a secret that was taken away is none any more`() {
        #expect(stranger.admission(of: before.token(room: room, role: .candidate)) == nil)
    }

    private func first(of role: Role) -> String { String(role.rawValue.prefix(1)) }

    private func replacing(_ part: Int, in token: String, by text: String) -> String {
        var parts = token.split(separator: ".").map(String.init)
        parts[part] = text
        return parts.joined(separator: ".")
    }
}
