import JSONText
import Testing

@Suite struct JSONReaderTests {
    /// Reads `text` with `read` and expects nothing to be left over.
    func reading<Value>(
        _ text: String,
        _ read: (inout JSONReader) throws -> Value
    ) throws -> Value {
        try Array(text.utf8).withUnsafeBytes { bytes in
            var reader = JSONReader(bytes)
            let value = try read(&reader)
            try reader.end()
            return value
        }
    }

    @Test func `members of an object come in their order`() throws {
        let keys = try reading(#" { "a" : 1 , "b" : [ true , null ] } "#) { reader in
            var keys: [String] = []
            try reader.beginObject()
            while let key = try reader.nextKey() {
                keys.append(key)
                _ = try reader.skipValue()
            }
            return keys
        }
        #expect(keys == ["a", "b"])
    }

    @Test func `members that nobody reads are passed over`() throws {
        let text = #"{"a": [1, {"b": 2}], "b": 3, "c": "x", "d": {"b": 4}}"#
        let values = try reading(text) { reader in
            var values: [Int] = []
            try reader.members { key, reader in
                if key == "b" { values.append(try reader.integer()) }
            }
            return values
        }
        #expect(values == [3])
    }

    @Test func `a look at a member's kind does not read it`() throws {
        let kinds = try reading(#"{"a": 1, "b" :  "x", "c":null}"#) { reader in
            var kinds: [JSONReader.Kind] = []
            try reader.members { _, reader in kinds.append(try reader.nextKind()) }
            return kinds
        }
        #expect(kinds == [.number, .string, .null])
    }

    @Test(arguments: [#"{"a":}"#, #"{"a":1"#, #"{"a":1,}"#, #"{"a" 1}"#, "[]"])
    func `members of what is no object are an error`(text: String) {
        #expect(throws: JSONError.self) {
            try self.reading(text) { try $0.members { _, _ in } }
        }
    }

    @Test(arguments: [
        ("0", 0), ("-7", -7), ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min),
    ])
    func `a whole number is read`(text: String, value: Int) throws {
        #expect(try reading(text) { try $0.integer() } == value)
    }

    @Test(arguments: ["01", "-", "1.0", "1e3", "9223372036854775808", "", "+1", "0x1"])
    func `what is not a whole number is refused`(text: String) {
        #expect(throws: JSONError.self) { try self.reading(text) { try $0.integer() } }
    }

    @Test(arguments: [
        (#""""#, ""), (#""é😀""#, "é😀"), (#""a\n\"\\\/\u00e9""#, "a\n\"\\/é"),
        (#""\ud83d\ude00""#, "😀"),
    ])
    func `a string is read`(text: String, value: String) throws {
        #expect(try reading(text) { try $0.string() } == value)
        #expect(try reading(text) { try $0.utf16() } == Array(value.utf16))
    }

    @Test func `a lone surrogate is code units but no text`() throws {
        #expect(try reading(#""\ud83d""#) { try $0.utf16() } == [0xD83D])
        #expect(throws: JSONError.badEscape(at: 1)) {
            try self.reading(#""\ud83d""#) { try $0.string() }
        }
    }

    @Test(
        arguments: [
            [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22],
            [0x22, 0xE2, 0x82, 0x22], [0x22, 0x80, 0x22], [0x22, 0x0A, 0x22], [0x22],
        ] as [[UInt8]]
    )
    func `bytes that are no string are refused`(bytes: [UInt8]) {
        #expect(throws: JSONError.self) {
            try bytes.withUnsafeBytes { raw in
                var reader = JSONReader(raw)
                _ = try reader.string()
            }
        }
        #expect(throws: JSONError.self) {
            try bytes.withUnsafeBytes { raw in
                var reader = JSONReader(raw)
                _ = try reader.utf16()
            }
        }
    }

    @Test(arguments: [
        "{", "[1,]", "[,1]", "[1 2]", #"{"a"}"#, #"{"a":1,}"#, "tru", "nul", "1.", "1e", #"{a:1}"#,
        "[1}",
    ])
    func `malformed values are refused`(text: String) {
        #expect(throws: JSONError.self) { try self.reading(text) { try $0.skipValue() } }
    }

    @Test func `nesting is bounded`() {
        let text = String(repeating: "[", count: 100_000)
        #expect(throws: JSONError.tooDeep(at: JSONReader.depthMax)) {
            try self.reading(text) { try $0.skipValue() }
        }
    }

    @Test func `half a surrogate pair is passed over, as its reader judges it`() throws {
        let taken = try reading(#"["\ud800"]"#) { try $0.skipValue() }
        #expect(taken == 0..<10)
    }

    @Test(arguments: [#""\x""#, #""\ud8""#, "\"a\n\"", "\"a"])
    func `a malformed string is not passed over`(text: String) {
        #expect(throws: JSONError.self) { try self.reading(text) { try $0.skipValue() } }
    }
}
