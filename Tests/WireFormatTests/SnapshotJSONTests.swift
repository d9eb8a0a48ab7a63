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

    @Test(arguments: [
        snapshot, asking, Snapshot(text: "", language: ""),
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
