import JSONText
import NIOCore
import OperationalTransform
import RoomModel
import Testing
import WireFormat

@Suite struct CommitJSONTests {
    static func commit(_ change: Commit.Change, number: Int? = nil) -> Commit {
        Commit(
            revision: Revision(rawValue: 7),
            at: 1_700_000_000_000,
            by: ParticipantID(rawValue: "ada"),
            number: number.map(ProposalNumber.init),
            change: change
        )
    }

    static func operation() throws -> TextOperation {
        var operation = TextOperation()
        try operation.keep(4)
        operation.insert("ab")
        try operation.delete(2)
        return operation
    }

    /// What stands in the JSON behind the keys that every commit has.
    static let changes: [(Commit.Change, Int?, String)] = [
        (.granted(.language("go")), 3, #""number":3,"language":"go""#),
        (.granted(.locked(true)), 3, #""number":3,"locked":true"#),
        (.granted(.locked(false)), 3, #""number":3,"locked":false"#),
        (.granted(.ended), 3, #""number":3,"ended":true"#),
        (.granted(.title("Trees 😀")), 3, #""number":3,"title":"Trees 😀""#),
        (
            .granted(.timer(running: true, remaining: 1_500_000)), 3,
            #""number":3,"timer":{"running":true,"remaining":1500000}"#
        ),
        (.granted(.chat("a\t\"b\"\n😀")), 3, #""number":3,"chat":"a\t\"b\"\n😀""#),
        (.granted(.hidden(false)), 3, #""number":3,"hidden":false"#),
        (.granted(.pasted(412)), 3, #""number":3,"pasted":412"#),
        (.granted(.admission(.ask)), 3, #""number":3,"admission":"ask""#),
        (.granted(.admitted(ParticipantID(rawValue: "bob"))), 3, #""number":3,"admitted":"bob""#),
        (
            .joined(.init(name: "Ada \"L.\"\n😀", role: .interviewer, color: 11)), nil,
            #""joined":{"name":"Ada \"L.\"\n😀","role":"interviewer","color":11}"#
        ),
        (
            .joined(.init(name: "A", role: .candidate, color: 0, waiting: true)), nil,
            #""joined":{"name":"A","role":"candidate","color":0,"waiting":true}"#
        ),
        (.granted(.admission(.ask)), 3, #""number":3,"admission":"ask""#),
        (.granted(.admission(.open)), 3, #""number":3,"admission":"open""#),
        (.granted(.admitted(ParticipantID(rawValue: "bob"))), 3, #""number":3,"admitted":"bob""#),
        (.left(.closed), nil, #""left":{"reason":"closed"}"#),
        (.left(.lost), nil, #""left":{"reason":"lost"}"#),
    ]

    private func read(_ text: String) throws -> Commit {
        try Commit(json: ByteBuffer(string: text))
    }

    @Test(arguments: changes)
    func `a commit has one form, and is read back from it`(
        change: Commit.Change,
        number: Int?,
        tail: String
    ) throws {
        let commit = Self.commit(change, number: number)
        let text = #"{"revision":7,"at":1700000000000,"by":"ada",\#(tail)}"#
        #expect(String(decoding: commit.json, as: UTF8.self) == text)
        #expect(try read(text) == commit)
    }

    @Test func `an edit is written as an ot dot js operation, and read back`() throws {
        let commit = Self.commit(.edit(try Self.operation()), number: 3)
        let text =
            #"{"revision":7,"at":1700000000000,"by":"ada","number":3,"edit":[4,"ab",-2]}"#
        #expect(String(decoding: commit.json, as: UTF8.self) == text)
        #expect(try read(text) == commit)
    }

    @Test(arguments: [
        #""poll":{"options":["a",{"b":[1,2]}]}"#, #""poll":null"#, #""number":3,"poll":-1.5e3"#,
        #" "poll" : "\u0041" "#, #""admission":"lottery""#,
    ])
    func `a kind that a newer version wrote counts as a revision and is kept as it was written`(
        tail: String
    ) throws {
        let text = #"{"revision":7,"at":1700000000000,"by":"ada",\#(tail)}"#
        let commit = try read(" \(text)\n")
        #expect(commit.revision == Revision(rawValue: 7))
        #expect(commit.change == .unknown(written: Array(text.utf8)))
        #expect(String(decoding: commit.json, as: UTF8.self) == text)
    }

    @Test(arguments: [
        #"{"revision":7,"at":1700000000000,"by":"ada","locked":true,"why":[{}]}"#,
        #"{"why":{"a":"b"},"locked":true,"by":"ada","at":1700000000000,"revision":7}"#,
    ])
    func `keys that are not known are passed over, in whatever order they come`(
        text: String
    ) throws {
        #expect(try read(text) == Self.commit(.granted(.locked(true))))
    }

    @Test func `a role or a reason that is not known is taken for the least`() throws {
        let joined = try read(#"{"revision":7,"joined":{"name":"A","role":"chair","x":1}}"#)
        let left = try read(#"{"revision":7,"left":{"reason":"kicked","x":1}}"#)
        let timer = try read(#"{"revision":7,"timer":{"remaining":5,"x":1}}"#)
        #expect(joined.change == .joined(.init(name: "A", role: .observer, color: 0)))
        #expect(left.change == .left(.lost))
        #expect(timer.change == .granted(.timer(running: false, remaining: 5)))
    }

    @Test func `a commit without revision is refused`() {
        #expect(throws: WireError.missing("revision")) { try read(#"{"at":1,"ended":true}"#) }
    }

    @Test(arguments: [
        "", "[]", "null", "{", #"{"revision":7"#, #"{"revision":"7"}"#, #"{"revision":7} x"#,
        #"{"revision":7,"edit":[0]}"#, #"{"revision":7,"locked":1}"#, #"{"revision":7,"left":1}"#,
        #"{"revision":7,"chat":{}}"#, #"{"revision":7,"timer":5}"#, #"{"revision":7,"pasted":1.5}"#,
    ])
    func `what is not a commit is refused`(text: String) {
        #expect(throws: JSONError.self) { try read(text) }
    }
}
