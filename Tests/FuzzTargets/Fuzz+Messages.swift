import NIOCore
import OperationalTransform
import RoomModel
import WireFormat

@testable import Gateway

/// A commit of any version is read, written and read alike, and folds or is refused.
@Sendable func fuzzCommit(_ bytes: UnsafeRawBufferPointer) throws {
    let commit = try Commit(json: ByteBuffer(bytes: bytes))
    let again = try must("written commit") { try Commit(json: ByteBuffer(bytes: commit.json)) }
    try law(again.json == commit.json, "written otherwise")
    var room = Room(Snapshot(text: "abc", language: "c"))
    room.prependHistory([commit])
    try room.fold(commit)
    try law(room.revision == commit.revision, "another revision")
    _ = room.roster.color(for: ParticipantID(rawValue: "somebody new"))
    // Of a room that holds what is not known no snapshot is written.
    guard !room.holdsUnknown else { return }
    let snapshot = room.snapshot
    let read = try must("snapshot") { try Snapshot(json: ByteBuffer(bytes: snapshot.json)) }
    try law(Room(read).document == room.document, "the room is read otherwise")
}

/// A snapshot of any version makes a room that others can join.
@Sendable func fuzzSnapshot(_ bytes: UnsafeRawBufferPointer) throws {
    let snapshot = try Snapshot(json: ByteBuffer(bytes: bytes))
    let again = try must("written snapshot") {
        try Snapshot(json: ByteBuffer(bytes: snapshot.json))
    }
    try law(again.json == snapshot.json, "written otherwise")
    var room = Room(snapshot)
    try law(room.document.text == snapshot.text, "another text")
    let join = Proposal(
        by: ParticipantID(rawValue: "somebody new"),
        role: .candidate,
        request: .join(name: "New")
    )
    guard let commit = try room.commit(join, at: 1) else { return }
    var folded = Room(snapshot)
    try must("folding") { try folded.fold(commit) }
    try law(folded.snapshot == room.snapshot, "folded to another room")
}

/// What gateways tell owners is read, written and read alike.
@Sendable func fuzzOwnerMessage(_ bytes: UnsafeRawBufferPointer) throws {
    let message = try OwnerMessage(ByteBuffer(bytes: bytes))
    let again = try must("written message") { try OwnerMessage(message.encoded()) }
    try law(again == message, "read otherwise")
    if case .holding(_, let senders) = message {
        try law(senders.count <= bytes.count, "more senders than bytes")
    }
}

/// What owners tell gateways is read, written and read alike; batches can be cut anywhere.
@Sendable func fuzzRoomMessage(_ bytes: UnsafeRawBufferPointer) throws {
    let message = try RoomMessage(ByteBuffer(bytes: bytes))
    let again = try must("written message") { try RoomMessage(message.encoded()) }
    try law(again == message, "read otherwise")
    guard case .commits(let batch) = message else { return }
    try law(batch.first <= batch.last, "ends before it begins")
    for revision in [batch.first.rawValue - 1, batch.first.rawValue, batch.last.rawValue, Int.max] {
        let rest = batch.dropping(through: Revision(rawValue: revision))
        try law(rest == nil || rest?.last == batch.last, "cut at the wrong end")
    }
    var feed = RoomFeed()
    _ = feed.started(
        at: LogPlace(Revision(rawValue: batch.first.rawValue - 1), at: nil),
        epoch: batch.epoch
    )
    try law(feed.received(batch) == .deliver(batch), "not delivered")
    try law(feed.revision == batch.last, "not at the end")
    guard let commits = try? batch.commits(), commits.count == batch.lengths.count else { return }
    for commit in commits { _ = commit.json }
}
