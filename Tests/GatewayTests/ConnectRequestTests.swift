import Gateway
import NIOCore
import RoomModel
import Testing

@Suite struct ConnectRequestTests {
    func request(_ json: String) throws -> ConnectRequest {
        try ConnectRequest(ByteBuffer(string: json))
    }

    @Test func `a newcomer has a token and a name`() throws {
        let request = try request(#"{"token":"t","name":"Ada"}"#)
        #expect(request.token == "t")
        #expect(request.name == "Ada")
        #expect(request.resume == nil)
    }

    @Test func `who comes back says who and how far`() throws {
        let request = try request(
            #"{"token":"t","resume":{"participant":"p","key":"k","revision":41,"at":7}}"#
        )
        #expect(request.resume?.participant == "p")
        #expect(request.resume?.key == "k")
        #expect(request.resume?.place == LogPlace(revision(41), at: 7))
    }

    @Test(arguments: [
        #"{"token":"t"}"#,
        #"{"token":"t","name":null,"resume":null}"#,
        #" {"resume" : null , "token" : "t", "later": [{"x": 1}]} "#,
    ])
    func `null, members not known and white space are as nothing`(json: String) throws {
        let request = try request(json)
        #expect(request.token == "t")
        #expect(request.name == nil)
        #expect(request.resume == nil)
    }

    @Test(arguments: [
        #"{"token":"t","resume":{"participant":"p","key":"k"}}"#,
        #"{"token":"t","resume":{"participant":"p","key":"k","revision":null}}"#,
    ])
    func `a resume may bring no revision`(json: String) throws {
        let resume = try #require(try request(json).resume)
        #expect(resume.revision == nil)
    }

    @Test func `a revision below zero is the beginning`() throws {
        let request = try request(#"{"resume":{"revision":-3}}"#)
        #expect(request.resume?.revision == .zero)
    }

    /// The log is asked for what comes after it: that has to be a number too.
    @Test func `a revision beyond all counting is one that can be counted on from`() throws {
        let request = try request(#"{"resume":{"revision":9223372036854775807}}"#)
        #expect(request.resume?.revision == .max)
    }

    // MARK: Refusals

    func expectRefusal(
        _ expected: ConnectRequest.Refusal,
        of json: String?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: expected, sourceLocation: sourceLocation) {
            try ConnectRequest(json.map { ByteBuffer(string: $0) })
        }
    }

    @Test(arguments: [
        nil, "", "null", "7", #""t""#, "[]", "{", #"{"token"}"#, #"{"token":"t""#, #"{"token":7}"#,
        #"{"token":null}"#, #"{"token":"t",}"#, #"{"token":"\ud800"}"#, #"{"token":"t"} x"#,
        #"{"token":"t","name":7}"#, #"{"token":"t","name":["Ada"]}"#, #"{"resume":"p"}"#,
        #"{"resume":{"participant":7}}"#, #"{"resume":{"key":[]}}"#,
        #"{"resume":{"revision":1.5}}"#, #"{"resume":{"revision":99999999999999999999}}"#,
    ])
    func `what is not such a request has no valid token`(json: String?) {
        expectRefusal(.invalidToken, of: json)
    }

    @Test func `a request of any size but too large a one is read`() throws {
        let frame = #"{"token":""}"#.utf8.count
        let longest = String(repeating: "x", count: Limits.Socket.authBytesMax - frame)
        #expect(try request(#"{"token":"\#(longest)"}"#).token == longest)
        expectRefusal(.invalidToken, of: #"{"token":"\#(longest)x"}"#)
    }

    // MARK: Names

    @Test(arguments: [
        "A", "Ada Lovelace", " Ada ", "李小龙", "👩‍👩‍👧‍👦", "<b>", "O'Neill",
        String(repeating: "x", count: Limits.Room.nameLengthMax),
        String(repeating: "👍", count: Limits.Room.nameLengthMax / 2),
    ])
    func `a name is one line with something to be seen`(name: String) throws {
        #expect(try request(#"{"token":"t","name":"\#(name)"}"#).name == name)
    }

    @Test(arguments: [
        "", " ", #"\t"#, #"\u00a0\u2003"#, #"Ada\nLovelace"#, #"Ada\u0000"#, #"\u001b[1m"#,
        #"\u007f"#, #"\u0085x"#, #"Ada\u2028Grace"#, #"Ada\u202egnihton"#, #"\u2067Ada"#,
        #"\u200b\u200d"#, #"\u3164\uffa0\u2800"#, #"\ufeff"#,
        String(repeating: "x", count: Limits.Room.nameLengthMax + 1),
        String(repeating: "👍", count: Limits.Room.nameLengthMax / 2) + "x",
    ])
    func `what nobody can see, or not on one line, is no name`(name: String) {
        expectRefusal(.invalidName, of: #"{"token":"t","name":"\#(name)"}"#)
    }
}
