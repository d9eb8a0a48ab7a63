import JSONText
import NIOCore
import RoomModel
import TestSupport
import Testing
import WireFormat

@Suite struct SnapshotJSONTests {
    static let ada = Participant(
        id: ParticipantID(rawValue: "ada"),
        name: "Ada",
        role: .interviewer,
        color: 11,
        connected: true,
        number: ProposalNumber(rawValue: 41)
    )

    static let snapshot = Snapshot(
        revision: Revision(rawValue: 7),
        text: "a\tb\r\n\"😀\"\u{2028}",
        language: "python",
        locked: true,
        ended: true,
        participants: [ada]
    )

    static let asking = Snapshot(
        text: "",
        language: "go",
        admission: .ask,
        participants: [
            Participant(
                id: ParticipantID(rawValue: "bob"),
                name: "Bob",
                role: .candidate,
                color: 1,
                connected: true,
                number: .none,
                waiting: true
            )
        ]
    )
    /// One with everything that an older version did not have.
    static var whole: Snapshot {
        var snapshot = snapshot
        var bob = Participant(ParticipantID(rawValue: "bob"))
        bob.since = 5
        bob.left = .closed
        snapshot.participants[0].since = 1_700_000_000_000
        snapshot.participants.append(bob)
        snapshot.title = "Trees 😀"
        snapshot.timer = Countdown(running: false, remaining: 600_000, at: 9)
        snapshot.journal = Journal([
            commit(1, .joined(.init(name: "Ada", role: .interviewer, color: 11))),
            commit(3, .granted(.chat("hello"))),
            commit(4, .unknown(written: Array(#"{"revision":4, "poll":[1]}"#.utf8))),
        ])
        return snapshot
    }

    static func commit(_ revision: Int, _ change: Commit.Change) -> Commit {
        // Of one whose kind is not known the rest is read from what was written.
        let isKnown = if case .unknown = change { false } else { true }
        return Commit(
            revision: Revision(rawValue: revision),
            at: isKnown ? revision : 0,
            by: ParticipantID(rawValue: isKnown ? "ada" : ""),
            number: nil,
            change: change
        )
    }

    private func read(_ bytes: some Sequence<UInt8>) throws -> Snapshot {
        try Snapshot(json: ByteBuffer(bytes: bytes))
    }

    @Test func `a snapshot is written as the protocol has it`() throws {
        let value = try JSONValue(parsing: Self.snapshot.json)
        #expect(try value["revision"].integer == 7)
        #expect(try value["text"].text == Self.snapshot.text)
        #expect(try value["language"].text == "python")
        #expect(try value["locked"].isTrue)
        #expect(try value["state"].text == "ended")
        #expect(try value["admission"].text == "open")
        let participants =
            #"[{"participant":"ada","name":"Ada","role":"interviewer","color":11,"#
            + #""connected":true,"number":41}]"#
        #expect(try value["participants"] == JSONValue(parsing: participants.utf8))
    }

    @Test func `what happened stands in a snapshot, and when people came and went`() throws {
        let value = try JSONValue(parsing: Self.whole.json)
        #expect(try value["title"].text == "Trees 😀")
        let timer = #"{"running":false,"remaining":600000,"at":9}"#
        #expect(try value["timer"] == JSONValue(parsing: timer.utf8))
        let people = try value["participants"].elements
        #expect(try people.map { try $0["since"].integer } == [1_700_000_000_000, 5])
        #expect(try people[1]["left"].text == "closed")
        let events = Self.whole.journal.commits.map { String(decoding: $0.json, as: UTF8.self) }
        #expect(
            String(decoding: Self.whole.json, as: UTF8.self)
                .contains(#""events":[\#(events.joined(separator: ","))]"#)
        )
    }

    @Test(arguments: [
        whole, asking, snapshot, Snapshot(text: "", language: ""),
        Snapshot(revision: .init(rawValue: 1), text: "x", language: "go", locked: false),
    ])
    func `a snapshot is read back as it was written`(snapshot: Snapshot) throws {
        #expect(try read(snapshot.json) == snapshot)
    }

    @Test func `who waits is written so, and what the room asks`() throws {
        let value = try JSONValue(parsing: Self.asking.json)
        #expect(try value["admission"].text == "ask")
        let participants =
            #"[{"participant":"bob","name":"Bob","role":"candidate","color":1,"#
            + #""connected":true,"number":0,"waiting":true}]"#
        #expect(try value["participants"] == JSONValue(parsing: participants.utf8))
        #expect(try !read(Self.asking.json).holdsUnknown)
    }

    @Test func `a snapshot from before candidates could wait is of an open room`() throws {
        let snapshot = try read(#"{"revision":7,"text":"x","language":"go"}"#.utf8)
        #expect(snapshot.admission == .open)
    }

    @Test func `keys that are not known are passed over`() throws {
        let text = #"""
            {"new":[1,{"a":null}],"revision":7,"text":"x","language":"go","locked":false,
            "state":"paused","participants":[{"new":{},"participant":"p","role":"chair"}]}
            """#
        let snapshot = try read(text.utf8)
        #expect(snapshot.revision == Revision(rawValue: 7))
        #expect(!snapshot.ended)
        #expect(snapshot.holdsUnknown)
        #expect(snapshot.participants.map(\.id.rawValue) == ["p"])
        #expect(snapshot.participants.map(\.role) == [.observer])
    }

    /// What an event of an unknown kind had changed stands in other members.
    @Test func `an event of an unknown kind is kept and is no unknown state`() throws {
        let text =
            #"{"text":"","language":"go","events":[{"revision":1,"by":"ada","poll":{"a": 1}}]}"#
        let snapshot = try read(text.utf8)
        #expect(!snapshot.holdsUnknown)
        let events = snapshot.journal.commits.map { String(decoding: $0.json, as: UTF8.self) }
        #expect(events == [#"{"revision":1,"by":"ada","poll":{"a": 1}}"#])
    }

    @Test(arguments: [
        #""timer":{"running":true,"remaining":1,"at":1,"sound":"gong"}"#,
        #""admission":"lottery""#, #""participants":[{"participant":"p","mood":"good"}]"#,
    ])
    func `a member that is not known is noted wherever it stands`(member: String) throws {
        #expect(try read(#"{"text":"","language":"go",\#(member)}"#.utf8).holdsUnknown)
    }

    @Test func `a timer that stands still with nothing left is none`() throws {
        let timer = #"{"running":false,"remaining":0,"at":1}"#
        #expect(try read(#"{"text":"","language":"go","timer":\#(timer)}"#.utf8).timer == nil)
    }

    /// The journal counts without writing, so what it counts must not be less.
    @Test(arguments: seeds(50))
    func `events never take more bytes than they may`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var snapshot = Snapshot(text: "", language: "go")
        for revision in 1...400 {
            let text = randomText(pieces: random.below(600), using: &random)
            let change: Commit.Change =
                switch random.below(4) {
                case 0:
                    .joined(.init(name: text, role: .interviewer, color: Int.min, waiting: true))
                case 1: .granted(.timer(running: false, remaining: Int.min))
                default: .granted(.chat(text))
                }
            snapshot.journal.record(
                Commit(
                    revision: Revision(rawValue: Revision.max.rawValue - 400 + revision),
                    at: Int.min,
                    by: ParticipantID(rawValue: "somebody"),
                    number: ProposalNumber(rawValue: Int.min),
                    change: change
                )
            )
        }
        let events = JSONWriter.bytes {
            $0.beginObject()
            snapshot.encodeEvents(into: &$0)
        }
        #expect(events.count <= Limits.Room.journalBytesMax + #"{"events":[]"#.utf8.count)
        #expect(events.count > Limits.Room.journalBytesMax / 2)
        #expect(try read(snapshot.json) == snapshot)
    }

    @Test(arguments: seeds(50))
    func `any text comes back`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let snapshot = Snapshot(text: randomText(pieces: 200, using: &random), language: "go")
        #expect(try read(snapshot.json) == snapshot)
    }

    @Test(arguments: ["", "[]", "{", #"{"text":1}"#, #"{"participants":{}}"#, "{}{}"])
    func `what is not a snapshot is refused`(text: String) {
        #expect(throws: JSONError.self) { try read(text.utf8) }
    }
}
