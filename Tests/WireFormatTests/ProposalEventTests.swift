import NIOCore
import OperationalTransform
import RoomModel
import Testing
import WireFormat

@Suite struct ProposalEventTests {
    private func request(_ event: ProposalEvent, _ body: String) throws -> Proposal.Request {
        try event.request(from: ByteBuffer(string: body))
    }

    private static func wish(_ number: Int, _ wish: Wish) -> Proposal.Request {
        .wish(number: ProposalNumber(rawValue: number), wish)
    }

    /// `number` and `rejection` are what the sender is told.
    private func check(
        _ event: ProposalEvent,
        _ body: String,
        isRefusedAs rejection: Rejection,
        number: Int
    ) throws {
        let malformed = #expect(throws: ProposalEvent.Malformed.self) { try request(event, body) }
        #expect(malformed?.rejection == rejection)
        #expect(malformed?.number == ProposalNumber(rawValue: number))
    }

    @Test func `an edit is read, in whatever order its keys stand`() throws {
        var operation = TextOperation()
        try operation.keep(4)
        operation.insert("ab")
        let expected = Proposal.Request.edit(
            number: ProposalNumber(rawValue: 3),
            base: Revision(rawValue: 7),
            operation: operation
        )
        let bodies = [
            #"{"number":3,"revision":7,"operation":[4,"ab"]}"#,
            #"{"operation":[4,"a","b"],"later":{"x":[]},"revision":7,"number":3}"#,
        ]
        for body in bodies { #expect(try request(.edit, body) == expected) }
    }

    @Test(arguments: [
        (
            ProposalEvent.language, #"{"number":1,"language":"c++"}"#,
            Proposal.Request.wish(number: .init(rawValue: 1), .language("c++"))
        ),
        (
            .lock, #"{"number":9007199254740992,"locked":false}"#,
            .wish(number: .init(rawValue: 9_007_199_254_740_992), .locked(false))
        ),
        (
            .admission, #"{"number":3,"admission":"ask"}"#,
            wish(3, .admission(.ask))
        ),
        (
            .admit, #"{"participant":"Qw5yR2mK9sHd1Jfe","number":4}"#,
            wish(4, .admitted(.init(rawValue: "Qw5yR2mK9sHd1Jfe")))
        ),
        (.end, #" { "number" : 2 } "#, .wish(number: .init(rawValue: 2), .ended)),
        (.title, #"{"number":2,"title":""}"#, wish(2, .title(""))),
        (.title, #"{"title":"Trees 😀","number":2}"#, wish(2, .title("Trees 😀"))),
        (
            .timer, #"{"number":2,"running":true,"remaining":86400000}"#,
            wish(2, .timer(running: true, remaining: 86_400_000))
        ),
        (
            .timer, #"{"remaining":0,"running":false,"number":2}"#,
            wish(2, .timer(running: false, remaining: 0))
        ),
        (.chat, #"{"number":2,"text":"a\tb\nc\u2003😀"}"#, wish(2, .chat("a\tb\nc\u{2003}😀"))),
        (.hidden, #"{"number":2,"hidden":false}"#, wish(2, .hidden(false))),
        (.pasted, #"{"number":2,"length":1}"#, wish(2, .pasted(1))),
        (.pasted, #"{"number":2,"length":1048576}"#, wish(2, .pasted(1 << 20))),
    ])
    func `what is not an edit is read too`(
        event: ProposalEvent,
        body: String,
        expected: Proposal.Request
    ) throws {
        #expect(try request(event, body) == expected)
    }

    @Test(arguments: ProposalEvent.allCases)
    func `without a number that can be read a proposal is refused as number 0`(
        event: ProposalEvent
    ) throws {
        let rest =
            #""revision":1,"operation":[1],"language":"go","locked":true,"title":"a","running":true,"#
            + #""remaining":1,"text":"a","hidden":true,"length":1,"admission":"ask","participant":"a""#
        let bodies = [
            "", "null", "[]", "{", "{}", "{\(rest)}", #"{"number":0,\#(rest)}"#,
            #"{"number":-1,\#(rest)}"#, #"{"number":1.5,\#(rest)}"#, #"{"number":"1",\#(rest)}"#,
            #"{"number":null,\#(rest)}"#, #"{"number":9007199254740993,\#(rest)}"#,
            #"{"number":99999999999999999999,\#(rest)}"#, #"[{"number":1,\#(rest)}]"#,
        ]
        for body in bodies {
            try check(event, body, isRefusedAs: .invalidProposal, number: 0)
        }
    }

    @Test(arguments: [
        #"{"number":3}"#, #"{"number":3,"operation":[1]}"#,
        #"{"number":3,"revision":-1,"operation":[1]}"#,
        #"{"number":3,"revision":"1","operation":[1]}"#,
        #"{"number":3,"revision":1.0,"operation":[1]}"#,
        #"{"number":3,"revision":9007199254740993,"operation":[1]}"#,
        #"{"number":3,"revision":1,"operation":[1]"#,
        #"{"number":3,"revision":1,"operation":[1]}x"#,
        #"{"number":3,"revision":1,"operation":["\ud83"]}"#,
    ])
    func `an edit that names no revision, or is no JSON, is no proposal`(body: String) throws {
        try check(.edit, body, isRefusedAs: .invalidProposal, number: 3)
    }

    @Test(arguments: ["[0]", "[1.5]", "[null]", "[[1]]", "{}", "null", "1", #""a""#, "[1e3]"])
    func `an operation that is none is told with its number, wherever that stands`(
        operation: String
    ) throws {
        let bodies = [
            #"{"number":3,"revision":1,"operation":\#(operation)}"#,
            #"{"operation":\#(operation),"revision":1,"number":3}"#,
        ]
        for body in bodies {
            try check(.edit, body, isRefusedAs: .invalidOperation, number: 3)
        }
    }

    @Test func `an edit without operation is an invalid one`() throws {
        let body = #"{"number":3,"revision":1}"#
        try check(.edit, body, isRefusedAs: .invalidOperation, number: 3)
    }

    @Test(arguments: [
        (ProposalEvent.language, ""), (.language, #","language":"""#),
        (.language, #","language":"a b""#), (.language, #","language":"é""#),
        (.language, #","language":"a/b""#), (.language, #","language":null"#),
        (.language, #","language":"\#(String(repeating: "a", count: 41))""#),
        (.lock, ""), (.lock, #","locked":1"#), (.lock, #","locked":"true""#),
        (.lock, #","locked":null"#),
        (.admission, ""), (.admission, #","admission":"closed""#), (.admission, #","admission":1"#),
        (.admit, ""), (.admit, #","participant":"""#), (.admit, #","participant":"a b""#),
        (.admit, #","participant":"\#(String(repeating: "a", count: 33))""#),
        (.title, ""), (.title, #","title":null"#), (.title, #","title":"a\nb""#),
        (.title, #","title":"a\u202eb""#), (.title, #","title":"a\u0000b""#),
        (.title, #","title":"\#(String(repeating: "😀", count: 101))""#),
        (.timer, ""), (.timer, #","running":true"#), (.timer, #","remaining":1"#),
        (.timer, #","running":1,"remaining":1"#), (.timer, #","running":true,"remaining":-1"#),
        (.timer, #","running":true,"remaining":86400001"#),
        (.timer, #","running":true,"remaining":1.5"#),
        (.chat, ""), (.chat, #","text":"""#), (.chat, #","text":" \n\t""#),
        (.chat, #","text":"\u200b\u3164""#), (.chat, #","text":"a\rb""#),
        (.chat, #","text":"a\u0007b""#), (.chat, #","text":"a\u0085b""#),
        (.chat, #","text":"a\u2028b""#), (.chat, #","text":"a\u2066b""#),
        (.chat, #","text":"\ud83d""#), (.chat, #","text":["a"]"#),
        (.chat, #","text":"\#(String(repeating: "a", count: 2_001))""#),
        (.chat, #","text":"\#(String(repeating: "😀", count: 1_001))""#),
        (.hidden, ""), (.hidden, #","hidden":null"#), (.hidden, #","hidden":"true""#),
        (.pasted, ""), (.pasted, #","length":0"#), (.pasted, #","length":1048577"#),
    ])
    func `a wish without a value that is allowed is no proposal`(
        event: ProposalEvent,
        rest: String
    ) throws {
        try check(event, #"{"number":3\#(rest)}"#, isRefusedAs: .invalidProposal, number: 3)
    }

    @Test func `the longest that may be said is allowed`() throws {
        for text in [String(repeating: "a", count: 2_000), String(repeating: "😀", count: 1_000)] {
            let request = try request(.chat, #"{"number":1,"text":"\#(text)"}"#)
            #expect(request == Self.wish(1, .chat(text)))
        }
    }

    @Test func `the longest name of a language is allowed`() throws {
        let name = String(repeating: "a", count: Limits.Room.languageLengthMax)
        let request = try request(.language, #"{"number":1,"language":"\#(name)"}"#)
        #expect(request == .wish(number: ProposalNumber(rawValue: 1), .language(name)))
    }

    @Test(arguments: [
        (#"{"number":3}"#, 3), (#"{"operation":[1,{"number":9}],"number":3}"#, 3),
        (#"{"number":3,"operation":[0"#, 3), ("{}", 0), ("", 0), (#"{"number":-3}"#, 0),
        (#"{"number":"3"}"#, 0), ("[3]", 0),
    ])
    func `the number is found without reading the rest`(body: String, expected: Int) {
        let number = ProposalEvent.number(in: ByteBuffer(string: body))
        #expect(number == ProposalNumber(rawValue: expected))
    }
}
