import NIOCore
import RoomModel
import Testing
import WireFormat

/// A trace is a word behind those that a version without tracing reads.
@Suite struct TracedMessageTests {
    private static let bob = OwnerMessageTests.bob
    private static let parent = TraceParentTests.parent
    private static let word = TraceParentTests.text

    static let plain: [OwnerMessage] = [
        .proposal(.edit, bob, body: ByteBuffer(string: #"{"number":1}"#)),
        .join(bob, name: "Bob B."),
    ]

    @Test(arguments: plain)
    func `a traced message is the plain one with a word at the end of its header`(
        message: OwnerMessage
    ) throws {
        let traced = OwnerMessage.traced(message, Self.parent)
        let text = String(buffer: message.encoded())
        let end = try #require(text.firstIndex(of: "\n"))
        let expected = "\(text[..<end]) \(Self.word)\(text[end...])"
        #expect(String(buffer: traced.encoded()) == expected)
        #expect(try OwnerMessage(traced.encoded()) == traced)
    }

    @Test(arguments: ["later", "\(word)0", "00-0-0-01"])
    func `a word that is no trace is passed over`(word: String) throws {
        let message = try OwnerMessage(ByteBuffer(string: "1 join g1.b bob candidate \(word)\nBob"))
        #expect(message == .join(Self.bob, name: "Bob"))
    }

    @Test func `words behind the trace are passed over`() throws {
        let text = "1 edit g1.b bob candidate \(Self.word) later\n{}"
        let plain = OwnerMessage.proposal(.edit, Self.bob, body: ByteBuffer(string: "{}"))
        #expect(try OwnerMessage(ByteBuffer(string: text)) == .traced(plain, Self.parent))
    }

    @Test(arguments: [
        "1 leave g1.b bob candidate \(word)\nlost", "1 claimed 4 a b \(word)\n",
        "1 holding g1 a b \(word)\n", "1 note g1.b bob candidate \(word)\n{}",
    ])
    func `nothing but proposals and joins is traced`(text: String) throws {
        let message = try OwnerMessage(ByteBuffer(string: text))
        if case .traced = message { Issue.record("\(message) is traced") }
    }

    @Test func `a batch has its trace behind the lengths`() throws {
        let text = "1 commits 3 7 2,2 \(Self.word)\n[{},{}]"
        let message = try RoomMessage(ByteBuffer(string: text))
        guard case .commits(let batch) = message else {
            Issue.record("\(message) is no batch")
            return
        }
        #expect(batch.trace == Self.parent)
        #expect(batch.dropping(through: Revision(rawValue: 7))?.trace == Self.parent)
        #expect(String(buffer: message.encoded()) == text)
        let header = CommitBatch.header(
            epoch: batch.epoch,
            first: batch.first,
            lengths: batch.lengths,
            trace: batch.trace
        )
        #expect(text.hasPrefix(header))
    }

    @Test(arguments: ["", " later", " \(word)0"])
    func `a batch without a trace has none, whatever else stands there`(word: String) throws {
        let message = try RoomMessage(ByteBuffer(string: "1 commits 3 7 2\(word)\n[{}]"))
        guard case .commits(let batch) = message else {
            Issue.record("\(message) is no batch")
            return
        }
        #expect(batch.trace == nil)
    }
}
