import Gateway
import NIOCore
import RoomModel
import Testing
import WireFormat

@Suite struct LobbyTests {
    private static func person(_ name: String, _ role: Role, waiting: Bool = false) -> Participant {
        Participant(
            id: ParticipantID(rawValue: name.lowercased()),
            name: name,
            role: role,
            color: 1,
            connected: true,
            number: .none,
            waiting: waiting
        )
    }

    /// At revision 7, with Ada in the room and Bob at its door.
    private let lobby = Lobby(
        Room(
            Snapshot(
                revision: revision(7),
                text: "secret",
                language: "go",
                admission: .ask,
                participants: [
                    person("Ada", .interviewer), person("Bob", .candidate, waiting: true),
                ]
            )
        )
    )

    private func batch(from first: Int, _ changes: Commit.Change..., by: String = "ada")
        -> CommitBatch
    {
        let commits = changes.enumerated().map { offset, change in
            Commit(
                revision: revision(first + offset),
                at: 1,
                by: ParticipantID(rawValue: by),
                number: nil,
                change: change
            )
        }
        return CommitBatch(
            epoch: Epoch(rawValue: 1),
            first: revision(first),
            entries: commits.map { ByteBuffer(bytes: $0.json) }
        )
    }

    @Test func `it shows who is in the room, and nobody who waits`() {
        #expect(lobby.people.map(\.name) == ["Ada"])
        #expect(lobby.language == "go")
    }

    @Test func `it follows who comes, who goes and who is let in`() {
        var lobby = lobby
        let joined = Commit.Change.joined(.init(name: "Olga", role: .observer, color: 2))
        #expect(lobby.follow(batch(from: 8, joined, by: "olga")) == .changed)
        #expect(lobby.follow(batch(from: 9, .left(.lost), by: "ada")) == .changed)
        #expect(
            lobby.follow(batch(from: 10, .granted(.admitted(ParticipantID(rawValue: "bob")))))
                == .changed
        )
        #expect(lobby.people.map(\.name) == ["Ada", "Bob", "Olga"])
        #expect(lobby.people.map(\.connected) == [false, true, true])
    }

    @Test func `what is not shown is no change`() {
        var lobby = lobby
        let waiting = Commit.Change.joined(
            .init(name: "Eve", role: .candidate, color: 2, waiting: true)
        )
        #expect(
            lobby.follow(batch(from: 8, .granted(.locked(true)), .granted(.admission(.ask))))
                == .same
        )
        #expect(lobby.follow(batch(from: 10, waiting, by: "eve")) == .same)
        #expect(lobby.revision == revision(10))
    }

    @Test func `it sees the end`() {
        var lobby = lobby
        #expect(
            lobby.follow(batch(from: 8, .granted(.language("c")), .granted(.ended))) == .changed
        )
        #expect(lobby.language == "c")
        #expect(lobby.ended)
    }

    @Test func `what it has already is passed over, in part or whole`() {
        var lobby = lobby
        #expect(
            lobby.follow(batch(from: 6, .granted(.language("a")), .granted(.language("b"))))
                == .same
        )
        #expect(
            lobby.follow(batch(from: 7, .granted(.language("a")), .granted(.language("c"))))
                == .changed
        )
        #expect(lobby.language == "c")
    }

    @Test func `a gap is no place to go on from`() {
        var lobby = lobby
        #expect(lobby.follow(batch(from: 9, .granted(.language("c")))) == .lost)
        #expect(lobby.language == "go")
        #expect(lobby.revision == revision(7))
    }
}
