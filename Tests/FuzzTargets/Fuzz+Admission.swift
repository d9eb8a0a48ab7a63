import HTTPTypes
import Hummingbird
import NIOCore
import RoomModel

@testable import Gateway

private let signer = Signer(secrets: [Array("a secret of thirty-two bytes ...".utf8)])

/// Nobody gets in but with the very token that was made for the room and the role.
@Sendable func fuzzToken(_ bytes: UnsafeRawBufferPointer) throws {
    let token = bytes.text
    let participant = ParticipantID(rawValue: token)
    let room = RoomID(rawValue: "r1")
    try law(!signer.accepts(key: token, room: room, participant: participant), "a key of its own")
    guard let admission = signer.admission(of: token) else { return }
    try law(signer.token(room: admission.room, role: admission.role) == token, "another token")
    try law(admission.room.rawValue.isIdentifier(), "no identifier")
}

/// A bearer's token is a part of the header, without the scheme.
@Sendable func fuzzBearer(_ bytes: UnsafeRawBufferPointer) throws {
    let header = bytes.text
    guard HTTPField.isValidValue(header) else { return }
    var head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/")
    head.headerFields[.authorization] = header
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    guard let token = request.bearerToken else { return }
    try law(!token.isEmpty && header.hasSuffix(token), "not from the header")
    try law(header.lowercased().hasPrefix("bearer "), "another scheme")
}

/// An origin and a host, a line each: only a page of this host or of the public URL is let in.
@Sendable func fuzzOrigin(_ bytes: UnsafeRawBufferPointer) throws {
    let lines = bytes.lines(max: 2).map(\.text)
    guard lines.count == 2 else { return }
    let (origin, host) = (lines[0], lines[1])
    let policy = OriginPolicy(publicURL: "https://viva.example")
    guard policy.allows(origin: origin, host: host) else { return }
    let scheme = origin.lowercased()
    try law(scheme.hasPrefix("http://") || scheme.hasPrefix("https://"), "another scheme")
    let named = [host.lowercased(), "viva.example"].contains { name in
        let bare =
            name.hasSuffix(":80") || name.hasSuffix(":443")
            ? String(name.prefix { $0 != ":" }) : name
        return scheme.contains(bare)
    }
    try law(named, "a page of another host")
}
