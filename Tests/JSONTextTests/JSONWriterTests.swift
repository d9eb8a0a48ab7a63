import JSONText
import Testing

@Suite struct JSONWriterTests {
    @Test func `commas stand between members and elements only`() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("a")
        writer.beginArray()
        writer.integer(-10)
        writer.bool(true)
        writer.endArray()
        writer.key("b")
        writer.string("x\"\n\u{1}é")
        writer.key("c")
        writer.raw("{}".utf8)
        writer.endObject()
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(text == #"{"a":[-10,true],"b":"x\"\n\u0001é","c":{}}"#)
    }

    @Test(
        arguments: [
            [], [0x41], [0xE9, 0x20AC], [0xD83D, 0xDE00], [0xD83D], [0xDE00, 0xD83D],
            [0xD83D, 0x41], [0, 0x1F],
        ] as [[UInt16]]
    )
    func `any code units are read back as they were`(units: [UInt16]) throws {
        var writer = JSONWriter()
        writer.string(utf16: units)
        let read = try writer.bytes.withUnsafeBytes { bytes in
            var reader = JSONReader(bytes)
            return try reader.utf16()
        }
        #expect(read == units)
    }

    @Test(arguments: [Int.min, -1, 0, 9, 10, Int.max])
    func `a number is written in full`(value: Int) {
        var writer = JSONWriter()
        writer.integer(value)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "\(value)")
    }
}
