import NIOCore
import RoomModel
import Testing
import WireFormat

@Suite struct OwnerMessageTests {
    static let bob = OwnerMessage.Sender(
        connection: ConnectionID(rawValue: "g1.b"),
        participant: ParticipantID(rawValue: "bob"),
        role: .candidate
    )
    static let ada = OwnerMessage.Sender(
        connection: ConnectionID(rawValue: "g1.a"),
        participant: ParticipantID(rawValue: "ada"),
        role: .interviewer
    )

    static let messages: [(OwnerMessage, String)] = [
        (
            .proposal(.edit, bob, body: ByteBuffer(string: #"{"number":1}"#)),
            "1 edit g1.b bob candidate\n" + #"{"number":1}"#
        ),
        (.proposal(.language, bob, body: ByteBuffer()), "1 language g1.b bob candidate\n"),
        (.proposal(.lock, ada, body: ByteBuffer()), "1 lock g1.a ada interviewer\n"),
        (
            .proposal(.end, ada, body: ByteBuffer(string: "{\n}")),
            "1 end g1.a ada interviewer\n{\n}"
        ),
        (
            .note(ada, body: ByteBuffer(string: "{\n}")),
            "1 note g1.a ada interviewer\n{\n}"
        ),
        (.join(bob, name: "Bob B. \n😀"), "1 join g1.b bob candidate\nBob B. \n😀"),
        (.leave(bob, .closed), "1 leave g1.b bob candidate\nclosed"),
        (.leave(bob, .lost), "1 leave g1.b bob candidate\nlost"),
        (
            .holding(gateway: "g1", [bob, ada]),
            "1 holding g1\ng1.b bob candidate\ng1.a ada interviewer\n"
        ),
        (.holding(gateway: "g1", []), "1 holding g1\n"),
        (.claimed(Epoch(rawValue: 4)), "1 claimed 4\n"),
    ]

    @Test(arguments: messages)
    func `a message has one form, and is read back from it`(
        message: OwnerMessage,
        text: String
    ) throws {
        #expect(String(buffer: message.encoded()) == text)
        #expect(try OwnerMessage(ByteBuffer(string: text)) == message)
    }

    @Test(arguments: [
        "", "1", "1 edit g1.b bob candidate", "1 edit\n", "1 edit g1.b bob\n",
        "1 edit g1.b bob king\n", "1 join g1.b\nBob", "1 leave g1.b bob \nlost", "1 claimed\n",
        "1 claimed four\n", "1 holding\n", "1 holding g1\ng1.b bob\n",
        "1 holding g1\ng1.b bob king\n", "1 holding g1\ng1.b bob candidate more\n",
    ])
    func `a message that does not keep to its form is refused`(text: String) {
        #expect(throws: WireError.malformed) { try OwnerMessage(ByteBuffer(string: text)) }
    }

    @Test(arguments: [
        "\n", "1\n", "2 claimed 4\n", "11 claimed 4\n", " 1 claimed 4\n", "1 offered 4\n",
        "1  claimed 4\n", "1 commits 3 7 2\n[{}]",
    ])
    func `a message of another version, or of a kind not known, is told apart`(text: String) {
        #expect(throws: WireError.unknownVersion) { try OwnerMessage(ByteBuffer(string: text)) }
    }

    @Test func `words behind those a version knows are passed over`() throws {
        let message = try OwnerMessage(ByteBuffer(string: "1 edit g1.b bob candidate later\n{}"))
        #expect(message == .proposal(.edit, Self.bob, body: ByteBuffer(string: "{}")))
    }

    @Test func `a reason to leave that is not known counts as lost`() throws {
        let message = try OwnerMessage(ByteBuffer(string: "1 leave g1.b bob candidate\nkicked"))
        #expect(message == .leave(Self.bob, .lost))
    }
}
