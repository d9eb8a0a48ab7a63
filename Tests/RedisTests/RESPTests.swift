import NIOCore
import Testing

@testable import Redis

/// A simple or bulk string, as a reader returns it.
func string(_ text: String) -> RESPValue { .string(ByteBuffer(string: text)) }

extension ByteBuffer {
    fileprivate func viewBytes(_ range: Range<Int>) -> ByteBuffer {
        ByteBuffer(bytes: readableBytesView[range])
    }
}

struct RESPReaderTests {
    static let replies: [(String, RESPValue)] = [
        ("+OK\r\n", string("OK")),
        ("+\r\n", string("")),
        ("-ERR no\r\n", .error("ERR no")),
        (":0\r\n", .integer(0)),
        (":-9223372036854775808\r\n", .integer(.min)),
        (":9223372036854775807\r\n", .integer(.max)),
        ("$-1\r\n", .null),
        ("*-1\r\n", .null),
        ("$0\r\n\r\n", string("")),
        ("$5\r\na\r\nbc\r\n", string("a\r\nbc")),
        ("*0\r\n", .array([])),
        ("*2\r\n:1\r\n-ERR x\r\n", .array([.integer(1), .error("ERR x")])),
        (
            "*2\r\n*2\r\n$3\r\n1-0\r\n*2\r\n$1\r\nf\r\n$-1\r\n*1\r\n*0\r\n",
            .array([
                .array([string("1-0"), .array([string("f"), .null])]), .array([.array([])]),
            ])
        ),
    ]

    @Test(arguments: replies)
    func `a reply is read, cut at any byte`(text: String, expected: RESPValue) throws {
        let bytes = ByteBuffer(string: text)
        for cut in 0...bytes.readableBytes {
            let reader = RESPReader()
            let (start, rest) = (
                bytes.viewBytes(0..<cut), bytes.viewBytes(cut..<bytes.readableBytes)
            )
            try reader.feed(start)
            let early = try reader.next()
            #expect(early == (rest.readableBytes == 0 ? expected : nil))
            try reader.feed(rest)
            if early == nil { #expect(try reader.next() == expected) }
            #expect(try reader.next() == nil)
        }
    }

    @Test func `all replies at once, and byte by byte, are the same`() throws {
        let text = Self.replies.map(\.0).joined()
        let expected = Self.replies.map(\.1)
        for step in [1, 2, 3, 7, text.utf8.count] {
            let reader = RESPReader()
            var (rest, read) = (ByteBuffer(string: text), [RESPValue]())
            while let piece = rest.readSlice(length: min(step, rest.readableBytes)),
                piece.readableBytes > 0
            {
                try reader.feed(piece)
                while let value = try reader.next() { read.append(value) }
            }
            #expect(read == expected)
        }
    }

    @Test func `a value outlives its reader`() throws {
        var reader: RESPReader? = RESPReader()
        try reader?.feed(ByteBuffer(string: "$5\r\nhello\r\n"))
        let value = try reader?.next()
        reader = nil
        #expect(value == string("hello"))
    }

    static let hostile: [(String, String)] = [
        ("HTTP/1.1 400 Bad Request\r\n\r\n", "Protocol error, got \"H\" as reply type byte"),
        ("*1000000000\r\n", "reply with too many elements"),
        ("*4\r\n:1\r\n*2\r\n:1\r\n:1\r\n:1\r\n:1\r\n", "reply with too many elements"),
        ("*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n", "reply nested too deep"),
        ("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n", "reply nested too deep"),
        ("$33\r\n" + String(repeating: "x", count: 33) + "\r\n", "reply with too many bytes"),
        (
            "*2\r\n$20\r\n01234567890123456789\r\n$20\r\n01234567890123456789\r\n",
            "reply with too many bytes"
        ),
        ("$1000000\r\n" + String(repeating: "x", count: 200), "reply with too many bytes"),
        ("+" + String(repeating: "x", count: 200), "reply with too many bytes"),
    ]

    @Test(arguments: hostile)
    func `what breaks a limit or the protocol ends the reader`(
        text: String,
        reason: String
    ) throws {
        var limits = ReplyLimits()
        (limits.bytesMax, limits.elementsMax, limits.depthMax) = (32, 6, 3)
        let reader = RESPReader(limits: limits)
        try reader.feed(ByteBuffer(string: text))
        #expect(throws: RedisError.malformedReply(reason)) { try reader.next() }
        #expect(throws: RedisError.malformedReply(reason)) { try reader.next() }
        #expect(throws: RedisError.malformedReply(reason)) {
            try reader.feed(ByteBuffer(string: "+OK\r\n"))
        }
    }

    @Test(arguments: [
        ":x\r\n", ":\r\n", "$x\r\n", "$-2\r\n", "*-2\r\n", "*x\r\n", "\r\n", "$3\r\nab",
    ])
    func `nonsense is an error or waits for more, and never a value`(text: String) {
        let reader = RESPReader()
        let value = Result {
            try reader.feed(ByteBuffer(string: text))
            return try reader.next()
        }
        if case .success(let value) = value { #expect(value == nil) }
    }
}

struct RedisCommandTests {
    private func encoded(_ command: RedisCommand) -> String {
        var buffer = ByteBuffer()
        buffer.write(command)
        return String(buffer: buffer)
    }

    @Test func `every kind of argument is a bulk string`() {
        let command: RedisCommand = [
            "SET", .buffer(ByteBuffer(string: "key")), .bytes([0x61, 0x0D, 0x0A]), -12, "ä", "",
        ]
        #expect(
            encoded(command)
                == "*6\r\n$3\r\nSET\r\n$3\r\nkey\r\n$3\r\na\r\n\r\n$3\r\n-12\r\n$2\r\nä\r\n$0\r\n\r\n"
        )
    }

    @Test(arguments: [0, 1, 9, 10, 99, 100, 12_345, -1, -10, Int.max, Int.min])
    func `integers are decimal`(integer: Int) {
        let text = "\(integer)"
        #expect(encoded([.integer(integer)]) == "*1\r\n$\(text.utf8.count)\r\n\(text)\r\n")
    }

    @Test func `only the readable part of a buffer is sent`() {
        var buffer = ByteBuffer(string: "xxkey")
        buffer.moveReaderIndex(forwardBy: 2)
        #expect(encoded([.buffer(buffer)]) == "*1\r\n$3\r\nkey\r\n")
    }
}
