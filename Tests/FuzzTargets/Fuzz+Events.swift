import JSONText
import NIOCore
import OperationalTransform
import Ownership
import RoomModel
import WireFormat

@testable import Gateway

/// JavaScript counts exactly up to here.
private let integerMax = 1 << 53

/// Each line is an event, its first letter which: e, l, k for lock, n for end, t, r for timer, c, h, p, a
/// for admission, i for admit.
///
/// Whatever comes, an owner's commits fold to the owner's room, from their bytes.
@Sendable func fuzzProposal(_ bytes: UnsafeRawBufferPointer) throws {
    let ada = OwnerMessage.Sender(
        connection: ConnectionID(rawValue: "g1.a"),
        participant: ParticipantID(rawValue: "ada"),
        role: .interviewer
    )
    let snapshot = Snapshot(text: "int main() {😀}\n", language: "cpp")
    var owner = OwnerState()
    owner.claimed(Room(snapshot), epoch: Epoch(rawValue: 1), snapshotRevision: .zero, refusals: [])
    _ = owner.received(.join(ada, name: "Ada"))
    for line in bytes.lines(max: 32) {
        guard let letter = line.first, let event = event(letter) else { continue }
        let body = ByteBuffer(bytes: line.dropFirst())
        try law(ProposalEvent.number(in: body).rawValue >= 0, "negative number")
        guard let incoming = OwnerState.Incoming(.proposal(event, ada, body: body)) else {
            continue
        }
        try checkBounds(incoming)
        _ = owner.received(incoming)
    }
    var folded = Room(snapshot)
    while let batch = owner.turn(at: 0) {
        for answer in batch.answers { _ = RoomMessage(answer).encoded() }
        for commit in batch.commits {
            let read = try must("commit") { try Commit(json: ByteBuffer(bytes: commit.json)) }
            try law(read == commit, "a commit is read otherwise")
            try must("folding") { try folded.fold(read) }
        }
        owner.committed(true)
    }
    try law(owner.room?.snapshot == folded.snapshot, "the fold is not the owner's room")
}

private func event(_ letter: UInt8) -> ProposalEvent? {
    switch letter {
    case UInt8(ascii: "e"): .edit
    case UInt8(ascii: "l"): .language
    case UInt8(ascii: "k"): .lock
    case UInt8(ascii: "n"): .end
    case UInt8(ascii: "t"): .title
    case UInt8(ascii: "r"): .timer
    case UInt8(ascii: "c"): .chat
    case UInt8(ascii: "h"): .hidden
    case UInt8(ascii: "p"): .pasted
    case UInt8(ascii: "a"): .admission
    case UInt8(ascii: "i"): .admit
    default: nil
    }
}

private func checkBounds(_ incoming: OwnerState.Incoming) throws(BrokenLaw) {
    switch incoming {
    case .proposal(_, .edit(let number, let base, _)):
        try law((1...integerMax).contains(number.rawValue), "number out of range")
        try law((0...integerMax).contains(base.rawValue), "revision out of range")
    case .proposal(_, .wish(let number, let wish)):
        try law((1...integerMax).contains(number.rawValue), "number out of range")
        try checkBounds(wish)
    case .malformed(_, let malformed):
        try law((0...integerMax).contains(malformed.number.rawValue), "number out of range")
    default: break
    }
}

/// What is shown to others is bounded, well-formed and read as it was.
@Sendable func fuzzSelect(_ bytes: UnsafeRawBufferPointer) throws {
    guard let event = SelectEvent(ByteBuffer(bytes: bytes)) else { return }
    try law(bytes.count <= Limits.Socket.presenceBytesMax, "more bytes than may be")
    try law(event.selections.count <= Limits.Socket.selectionsMax, "too many selections")
    try law((0...integerMax).contains(event.revision.rawValue), "revision out of range")
    let presence = event.presence(by: ParticipantID(rawValue: "ada"))
    // A digit that came is a digit that goes; the rest is the name and brackets.
    try law(presence.readableBytes <= bytes.count + 256, "presence grew")
    try law(SelectEvent(presence) == event, "presence is read otherwise")
}

/// The same for pulses.
@Sendable func fuzzPulse(_ bytes: UnsafeRawBufferPointer) throws {
    guard let event = PulseEvent(ByteBuffer(bytes: bytes)) else { return }
    try law(bytes.count <= Limits.Socket.presenceBytesMax, "more bytes than may be")
    let roundTrips = 0...Limits.Socket.roundTripMillisecondsMax
    try law(event.roundTripMilliseconds.map(roundTrips.contains) ?? true, "no round trip")
    let pulse = event.pulse(by: ParticipantID(rawValue: "ada"))
    try law(PulseEvent(pulse) == event, "the pulse is read otherwise")
}

/// A note that is taken keeps its bounds, and what is written of it is read as it was.
@Sendable func fuzzNote(_ bytes: UnsafeRawBufferPointer) throws {
    do {
        let note = try NoteEvent(ByteBuffer(bytes: bytes))
        try law(note.id.utf8.count == Note.idLength, "no ID")
        try law(note.text.utf16.count <= Limits.Room.noteLengthMax, "long text")
        let written = Note(
            id: note.id,
            by: ParticipantID(rawValue: "ada"),
            text: note.text,
            at: 1,
            revision: .zero
        )
        let json =
            #"{"id":"\#(note.id)","text":\#(String(decoding: written.textJSON, as: UTF8.self))}"#
        let again = try must("written note") { try NoteEvent(ByteBuffer(string: json)) }
        try law(again == note, "the note is read otherwise")
    } catch let malformed as NoteEvent.Malformed {
        _ = RoomMessage.rejected(note: malformed.id, malformed.rejection)
        try law(malformed.id.isEmpty || malformed.id.isIdentifier(), "an ID that is none")
    }
}

/// Whoever connects gives a revision that can be counted on from, and a name that can be shown.
@Sendable func fuzzConnect(_ bytes: UnsafeRawBufferPointer) throws {
    let request = try ConnectRequest(ByteBuffer(bytes: bytes))
    try law(bytes.count <= Limits.Socket.authBytesMax, "more bytes than may be")
    try law(request.name.map { $0.utf16.count <= Limits.Room.nameLengthMax } ?? true, "long name")
    if let revision = request.resume?.revision {
        try law((0...integerMax).contains(revision.rawValue), "revision \(revision.rawValue)")
    }
}

/// What is created keeps the bounds of a room, and its snapshot is read as it was.
@Sendable func fuzzNewSession(_ bytes: UnsafeRawBufferPointer) throws {
    let request = try NewSessionRequest(ByteBuffer(bytes: bytes))
    try law(request.text.utf16.count <= Limits.Room.documentLengthMax, "long text")
    try law(request.title.utf16.count <= Limits.Room.titleLengthMax, "long title")
    try law(request.language.isLanguage, "no language")
    try law(!request.text.utf8.contains(UInt8(ascii: "\r")), "a carriage return")
    let snapshot = Snapshot(text: request.text, language: request.language)
    let read = try must("snapshot") { try Snapshot(json: ByteBuffer(bytes: snapshot.json)) }
    try law(read == snapshot, "the snapshot is read otherwise")
    try law(Room(snapshot).document.text == request.text, "the document is another text")
}

private func checkBounds(_ wish: Wish) throws(BrokenLaw) {
    switch wish {
    case .language(let language):
        try law(language.utf8.count <= Limits.Room.languageLengthMax, "long language")
    case .title(let title):
        try law(title.utf16.count <= Limits.Room.titleLengthMax, "long title")
    case .chat(let text):
        try law((1...Limits.Room.chatLengthMax).contains(text.utf16.count), "long chat")
    case .timer(_, let remaining):
        try law((0...Limits.Room.timerMillisecondsMax).contains(remaining), "timer out of range")
    case .pasted(let length):
        try law((1...Limits.Room.documentLengthMax).contains(length), "paste out of range")
    case .admitted(let participant):
        try law(participant.rawValue.isIdentifier(), "no identifier")
    case .locked, .ended, .hidden, .admission: break
    }
}
