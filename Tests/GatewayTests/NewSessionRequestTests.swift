import NIOCore
import RoomModel
import Testing

@testable import Gateway

@Suite struct NewSessionRequestTests {
    func request(_ json: String) throws -> NewSessionRequest {
        try NewSessionRequest(ByteBuffer(string: json))
    }

    /// What the body is refused for; the field is the one that the problem names.
    func expectRefusal(
        _ code: String,
        field: String? = nil,
        of json: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let problem = #expect(throws: Problem.self, sourceLocation: sourceLocation) {
            try NewSessionRequest(ByteBuffer(string: json))
        }
        #expect(problem?.code == code, sourceLocation: sourceLocation)
        #expect(problem?.field == field, sourceLocation: sourceLocation)
    }

    @Test(arguments: ["{}", " { } ", #"{"later":{"x":[1,null]}}"#])
    func `every member has a default`(json: String) throws {
        let request = try request(json)
        #expect(request.title == "")
        #expect(request.language == "plaintext")
        #expect(request.text == "")
        #expect(request.admission == .open)
    }

    @Test func `what is given is taken`() throws {
        let request = try request(
            #"{"text":"a\tb\n","title":"Trees 🌳","language":"c++","admission":"ask"}"#
        )
        #expect(request.title == "Trees 🌳")
        #expect(request.language == "c++")
        #expect(request.text == "a\tb\n")
        #expect(request.admission == .ask)
    }

    @Test(arguments: ["\"closed\"", "\"\"", "\"ASK\"", "null", "true", "1"])
    func `a session asks or is open`(admission: String) {
        expectRefusal("invalid_field", field: "admission", of: "{\"admission\":\(admission)}")
    }

    // MARK: Bounds

    @Test(arguments: [
        ("title", Limits.Room.titleLengthMax), ("text", Limits.Room.documentLengthMax),
    ])
    func `a text may be as long as its bound, in UTF-16 code units`(field: String, bound: Int) {
        let longest = String(repeating: "🌳", count: bound / 2)
        #expect(throws: Never.self) { try request(#"{"\#(field)":"\#(longest)"}"#) }
        expectRefusal("invalid_field", field: field, of: #"{"\#(field)":"\#(longest)x"}"#)
    }

    @Test func `the bound of the text counts a CRLF once`() throws {
        let lines = String(repeating: #"\r\n"#, count: Limits.Room.documentLengthMax)
        #expect(
            try request(#"{"text":"\#(lines)"}"#).text.utf16.count == Limits.Room.documentLengthMax
        )
    }

    @Test(arguments: ["c", "C++", "objective-c", "F#", "vb.net", String(repeating: "x", count: 40)])
    func `a language is an identifier`(language: String) throws {
        #expect(try request(#"{"language":"\#(language)"}"#).language == language)
    }

    @Test(arguments: ["", "c d", "ç", "<b>", "a/b", "a_b", String(repeating: "x", count: 41)])
    func `a language is nothing else`(language: String) {
        expectRefusal("invalid_field", field: "language", of: #"{"language":"\#(language)"}"#)
    }

    // MARK: Types

    @Test(
        arguments: ["title", "language", "text"],
        ["7", "null", "true", "[]", #"{"x":"y"}"#]
    )
    func `a member of another type is named`(field: String, value: String) {
        expectRefusal("invalid_field", field: field, of: #"{"\#(field)":\#(value)}"#)
    }

    // MARK: Line ends

    @Test(arguments: [
        (#"a\r\nb"#, "a\nb"), (#"a\rb"#, "a\nb"), (#"a\nb"#, "a\nb"), (#"\r\n\r\n"#, "\n\n"),
        (#"\r\r\n"#, "\n\n"), (#"\n\r"#, "\n\n"), (#"a\r"#, "a\n"), (#"é\r\n👍"#, "é\n👍"),
    ])
    func `every line ends with one line feed`(written: String, kept: String) throws {
        // Compared by scalars: to Swift, a CRLF is one character that equals no other.
        let text = try request(#"{"text":"\#(written)"}"#).text
        #expect(Array(text.unicodeScalars) == Array(kept.unicodeScalars))
    }

    // MARK: JSON

    @Test(arguments: [
        "", " ", "null", "7", "[]", #""text""#, "{", #"{"text":"a""#, #"{"text":"a"} {}"#,
        #"{"text":"a",}"#, #"{text:"a"}"#, #"{"text":'a'}"#, #"{"text":"\x"}"#,
        #"{"text":"\#u{1}"}"#, "\u{FEFF}{}",
    ])
    func `what is no JSON object is malformed`(json: String) {
        expectRefusal("malformed_json", of: json)
    }

    @Test(arguments: [#"\ud83c"#, #"\udf33"#, #"\udf33\ud83c"#, #"\ud83cx"#])
    func `half a surrogate pair is no text`(escape: String) {
        expectRefusal("malformed_json", of: #"{"text":"\#(escape)"}"#)
    }

    @Test func `a surrogate pair in escapes is`() throws {
        #expect(try request(#"{"text":"\ud83c\udf33"}"#).text == "🌳")
    }

    @Test(arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x9F]] as [[UInt8]])
    func `bytes that are no UTF-8 are malformed`(bytes: [UInt8]) {
        var body = ByteBuffer(string: #"{"text":""#)
        body.writeBytes(bytes)
        body.writeString(#""}"#)
        let problem = #expect(throws: Problem.self) { try NewSessionRequest(body) }
        #expect(problem?.code == "malformed_json")
    }
}
