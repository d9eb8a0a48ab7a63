import NIOCore
import RoomModel
import TestSupport
import Testing
import WireFormat

@Suite struct RoomMessageTests {
    static let bob = ParticipantID(rawValue: "bob")
    static let connection = ConnectionID(rawValue: "g1.b")

    static let messages: [(RoomMessage, String)] = [
        (
            .commits(
                CommitBatch(
                    epoch: Epoch(rawValue: 3),
                    first: Revision(rawValue: 7),
                    entries: [ByteBuffer(string: "{}"), ByteBuffer(string: #"{"a":1}"#)]
                )
            ),
            "1 commits 3 7 2,7\n" + #"[{},{"a":1}]"#
        ),
        (
            .presence(by: bob, body: ByteBuffer(string: #"{"by":"bob"}"#)),
            "1 presence bob\n" + #"{"by":"bob"}"#
        ),
        (
            .pulse(by: bob, body: ByteBuffer(string: #"{"by":"bob"}"#)),
            "1 pulse bob\n" + #"{"by":"bob"}"#
        ),
        (
            .notes(count: 7, id: "n1", body: ByteBuffer(string: "[{}]")),
            "1 notes 7 n1\n[{}]"
        ),
        (.epoch(Epoch(rawValue: 4)), "1 epoch 4\n"),
        (.rejected(bob, body: ByteBuffer(string: "{}")), "1 rejected bob\n{}"),
        (.admitted(connection), "1 admitted g1.b\n"),
        (.held(connection), "1 held g1.b\n"),
        (.refused(connection, .roomFull), "1 refused g1.b room_full\n"),
        (.evicted(connection), "1 evicted g1.b\n"),
        (.head(Revision(rawValue: 9)), "1 head 9\n"),
        (.deleted, "1 deleted\n"),
    ]

    @Test(arguments: messages)
    func `a message has one form, and is read back from it`(
        message: RoomMessage,
        text: String
    ) throws {
        #expect(String(buffer: message.encoded()) == text)
        #expect(try RoomMessage(ByteBuffer(string: text)) == message)
    }

    @Test(arguments: [
        "", "1 deleted", "1 presence\n{}", "1 epoch\n", "1 epoch four\n", "1 rejected\n",
        "1 admitted\n", "1 refused g1.b\n", "1 evicted\n", "1 commits\n[]", "1 commits 3\n[]",
        "1 commits 3 9223372036854775807 1,1\n[1,2]", "1 commits 3 -9223372036854775808 1\n[1]",
        "1 commits 3 0 1\n[1]", "1 commits 3 7\n[{}]", "1 commits x 7 2\n[{}]",
        "1 commits 3 x 2\n[{}]",
    ])
    func `a message that does not keep to its form is refused`(text: String) {
        #expect(throws: WireError.malformed) { try RoomMessage(ByteBuffer(string: text)) }
    }

    @Test(arguments: ["\n", "1\n", "2 epoch 4\n", "0 deleted\n", "1 renamed\n", "1 claimed 4\n"])
    func `a message of another version, or of a kind not known, is told apart`(text: String) {
        #expect(throws: WireError.unknownVersion) { try RoomMessage(ByteBuffer(string: text)) }
    }

    @Test func `a refusal whose code is not known is still a refusal`() throws {
        let message = try RoomMessage(ByteBuffer(string: "1 refused g1.b too_late\n"))
        #expect(message == .refused(Self.connection, .forbidden))
    }

    @Test(arguments: Rejection.allCases)
    func `every rejection is told by number, code and message`(rejection: Rejection) throws {
        let body = RoomMessage.rejected(ProposalNumber(rawValue: 5), rejection)
        let value = try JSONValue(parsing: body.readableBytesView)
        #expect(try value["number"].integer == 5)
        #expect(try value["code"].text == rejection.rawValue)
        #expect(try value["message"].text == rejection.message)
    }
}
