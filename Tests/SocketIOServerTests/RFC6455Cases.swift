/// What RFC 6455 asks of frames, by section; `RFC6455Tests` plays each.
extension RFC6455Tests {
    /// Section 5.4.
    static let fragmentation: [Case] = [
        Case("5.4", "one frame", [frame(0x81, hello)], .echo(hello)),
        Case("5.4", "two fragments", halves(hello), .echo(hello)),
        Case("5.4", "a fragment for each byte", fragments(hello, of: 1), .echo(hello)),
        Case(
            "5.4",
            "empty fragments before, between and after",
            [frame(0x01, ""), frame(0x00, hello), frame(0x00, ""), frame(0x80, "")],
            .echo(hello)
        ),
        Case(
            "5.4",
            "a ping between fragments is answered before the message",
            [frame(0x01, "42[\"a\""), frame(0x89, "p"), frame(0x80, ",1]")],
            .pong([0x70]),
            .echo("42[\"a\",1]")
        ),
        Case(
            "5.4",
            "several control frames between fragments",
            [
                frame(0x01, "42[\"a\""), frame(0x8A, "?"), frame(0x89, "1"), frame(0x00, ""),
                frame(0x89, "2"), frame(0x80, ",1]"),
            ],
            .pong([0x31]),
            .pong([0x32]),
            .echo("42[\"a\",1]")
        ),
        Case(
            "5.4",
            "a close between fragments",
            [frame(0x01, "42["), frame(0x88, [0x03, 0xE8])],
            .closes([0x03, 0xE8])
        ),
        Case("5.4", "a final continuation of nothing", [frame(0x80, hello)], .fails(1002)),
        Case("5.4", "a continuation of nothing", [frame(0x00, hello)], .fails(1002)),
        Case(
            "5.4",
            "a continuation after the message ended",
            [frame(0x81, hello), frame(0x80, "x")],
            .echo(hello),
            .fails(1002)
        ),
        Case(
            "5.4",
            "a text within a text",
            [frame(0x01, "42["), frame(0x81, hello)],
            .fails(1002)
        ),
        Case(
            "5.4",
            "a first fragment within a text",
            [frame(0x01, "42["), frame(0x01, "x")],
            .fails(1002)
        ),
        Case(
            "5.4",
            "a binary within a text",
            [frame(0x01, "42["), frame(0x82, [1])],
            .fails(1002)
        ),
        Case(
            "5.4",
            "two messages in one piece",
            [frame(0x81, hello), frame(0x81, accented)],
            .echo(hello),
            .echo(accented)
        ),
    ]

    /// Section 5.5.
    static let controlFrames: [Case] = [
        Case("5.5.2", "a ping without data", [frame(0x89, "")], .pong([])),
        Case("5.5.2", "a ping with text", [frame(0x89, "hello")], .pong(Array("hello".utf8))),
        Case(
            "5.5.2",
            "a ping with bytes that are no text",
            [frame(0x89, [0, 0xFF, 0xFE, 0x80])],
            .pong([0, 0xFF, 0xFE, 0x80])
        ),
        Case("5.5.2", "a ping of the greatest size", [frame(0x89, bytes(125))], .pong(bytes(125))),
        Case(
            "5.5.2",
            "ten pings are answered in order",
            (0..<10).map { frame(0x89, [$0]) },
            .pong([0]),
            .pong([1]),
            .pong([2]),
            .pong([3]),
            .pong([4]),
            .pong([5]),
            .pong([6]),
            .pong([7]),
            .pong([8]),
            .pong([9])
        ),
        Case(
            "5.5.3",
            "a pong nobody asked for",
            [frame(0x8A, ""), frame(0x81, hello)],
            .echo(hello)
        ),
        Case(
            "5.5.3",
            "a pong with data",
            [frame(0x8A, bytes(125)), frame(0x81, hello)],
            .echo(hello)
        ),
        Case("5.5", "a ping of 126 bytes", [frame(0x89, bytes(126))], .fails(1002)),
        Case("5.5", "a pong of 126 bytes", [frame(0x8A, bytes(126))], .fails(1002)),
        Case("5.5", "a close of 126 bytes", [frame(0x88, [3, 0xE8] + bytes(124))], .fails(1002)),
        Case(
            "5.5",
            "a ping of 70 000 bytes",
            [Array(frame(0x89, bytes(70_000)).prefix(64))],
            .fails(1002)
        ),
        Case("5.5", "a fragmented ping", [frame(0x09, "x")], .fails(1002)),
        Case("5.5", "a fragmented pong", [frame(0x0A, "x")], .fails(1002)),
        Case("5.5", "a fragmented close", [frame(0x08, [3, 0xE8])], .fails(1002)),
    ]

    /// Section 5.2, but for the mask.
    static let framing: [Case] =
        [0xC1, 0xA1, 0x91, 0xF1].map {
            Case("5.2", "reserved bits, \(hex($0))", [frame($0, hello)], .fails(1002))
        }
        + [0xC9, 0xA8, 0x9A].map {
            Case(
                "5.2",
                "reserved bits of a control frame, \(hex($0))",
                [frame($0, "")],
                .fails(1002)
            )
        }
        + [0x83, 0x84, 0x85, 0x86, 0x87, 0x8B, 0x8C, 0x8D, 0x8E, 0x8F].map {
            Case("5.2", "a reserved opcode, \(hex($0))", [frame($0, "")], .fails(1002))
        }
        + [
            Case("5.2", "the first byte alone is enough to fail", [[0xF3]], .fails(1002)),
            Case(
                "5.2",
                "5 bytes with a length of 16 bits",
                [header(0x81, 126, 0, 5)],
                .fails(1002)
            ),
            Case(
                "5.2",
                "125 bytes with a length of 16 bits",
                [header(0x81, 126, 0, 125)],
                .fails(1002)
            ),
            Case(
                "5.2",
                "5 bytes with a length of 64 bits",
                [header(0x81, 127, 0, 0, 0, 0, 0, 0, 0, 5)],
                .fails(1002)
            ),
            Case(
                "5.2",
                "65 535 bytes with a length of 64 bits",
                [header(0x81, 127, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF)],
                .fails(1002)
            ),
            Case(
                "5.2",
                "a length whose first bit is 1",
                [header(0x81, 127, 0x80, 0, 0, 0, 0, 1, 0, 0)],
                .fails(1002)
            ),
            Case(
                "5.2",
                "all bits of a length",
                [header(0x81, 127) + Bytes(repeating: 0xFF, count: 8)],
                .fails(1002)
            ),
            Case(
                "5.2",
                "126 bytes, the least with 16 bits",
                [frame(0x81, event(126))],
                .echo(event(126))
            ),
            Case(
                "5.2",
                "65 535 bytes, the most with 16 bits",
                [frame(0x81, event(65_535))],
                .echo(event(65_535))
            ),
            Case(
                "5.2",
                "65 536 bytes, the least with 64 bits",
                [frame(0x81, event(65_536))],
                .echo(event(65_536))
            ),
        ]

    /// Sections 5.1 and 5.3.
    static let masking: [Case] = [
        Case("5.1", "a text that is not masked", [frame(0x81, hello, mask: nil)], .fails(1002)),
        Case("5.1", "a ping that is not masked", [frame(0x89, "", mask: nil)], .fails(1002)),
        Case(
            "5.1",
            "a close that is not masked",
            [frame(0x88, [3, 0xE8], mask: nil)],
            .fails(1002)
        ),
        Case(
            "5.1",
            "a continuation that is not masked",
            [frame(0x01, "42["), frame(0x80, "\"a\"]", mask: nil)],
            .fails(1002)
        ),
        Case("5.3", "a mask of zeros", [frame(0x81, hello, mask: [0, 0, 0, 0])], .echo(hello)),
        Case("5.3", "a mask of ones", [frame(0x81, hello, mask: bytes(4, of: 0xFF))], .echo(hello)),
        Case(
            "5.3",
            "another mask for each fragment",
            [
                frame(0x01, "42[\"a\",\"hel", mask: [1, 2, 3, 4]),
                frame(0x80, "lo\"]", mask: [0xF0, 0x0D, 0xCA, 0xFE]),
            ],
            .echo(hello)
        ),
    ]

    /// Sections 5.6 and 8.1.
    static let text: [Case] =
        [
            Case("5.6", "text beyond ASCII", [frame(0x81, accented)], .echo(accented)),
            Case("8.1", "a cut within each scalar", fragments(accented, of: 1), .echo(accented)),
            Case(
                "8.1",
                "the greatest scalar",
                [frame(0x81, #"42["a","\#u{10FFFF}"]"#)],
                .echo(#"42["a","\#u{10FFFF}"]"#)
            ),
            Case(
                "8.1",
                "half a scalar at the end",
                [frame(0x81, Array("42".utf8) + [0xC3])],
                .fails(1007)
            ),
            Case(
                "8.1",
                "half a scalar at the end of the last fragment",
                [frame(0x01, "42"), frame(0x80, [0xF0, 0x9D, 0x84])],
                .fails(1007)
            ),
        ]
        + [
            ("a byte that begins nothing", [0xFF]), ("a continuation byte alone", [0x80]),
            ("an overlong slash", [0xC0, 0xAF]), ("an overlong NUL", [0xE0, 0x80, 0x80]),
            ("a surrogate", [0xED, 0xA0, 0x80]), ("beyond U+10FFFF", [0xF4, 0x90, 0x80, 0x80]),
            ("five bytes", [0xF8, 0x88, 0x80, 0x80, 0x80]), ("a scalar broken off", [0xE2, 0x28]),
        ].map { what, bad in
            Case("8.1", what, [frame(0x81, Array("42[".utf8) + bad + [0x5D])], .fails(1007))
        } + [
            Case(
                "8.1",
                "is found in a fragment that is not the last",
                [frame(0x01, [0x34, 0xFF])],
                .fails(1007)
            ),
            Case(
                "8.1",
                "is found before the rest of the frame arrives",
                [Array(frame(0x81, Array("42".utf8) + [0xFF] + bytes(90)).prefix(12))],
                .fails(1007)
            ),
            Case("5.6", "binary that no event announced", [frame(0x82, [1, 2, 3])], .fails(1002)),
        ]

    /// Sections 5.5.1, 7.1 and 7.4.
    static let closing: [Case] =
        [Case("5.5.1", "a close without a payload", [frame(0x88, "")], .closes([]))]
        + [
            1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999,
            4000,
            4999,
        ]
        .map { (code: UInt16) in
            Case("7.4.1", "code \(code)", [frame(0x88, code.bytes)], .closes(code.bytes))
        }
        + [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535]
        .map { (code: UInt16) in
            Case(
                "7.4",
                "code \(code), which must not be sent",
                [frame(0x88, code.bytes)],
                .fails(1002)
            )
        }
        + [
            Case("5.5.1", "one byte", [frame(0x88, [3])], .fails(1002)),
            Case(
                "7.1.6",
                "a reason",
                [frame(0x88, [3, 0xE8] + "bye ü".utf8)],
                .closes([3, 0xE8] + "bye ü".utf8)
            ),
            Case(
                "7.1.6",
                "the longest reason",
                [frame(0x88, [3, 0xE8] + bytes(123))],
                .closes([3, 0xE8] + bytes(123))
            ),
            Case(
                "7.1.6",
                "a reason that is not UTF-8",
                [frame(0x88, [3, 0xE8, 0xFF])],
                .fails(1007)
            ),
            Case(
                "7.1.6",
                "a reason cut within a scalar",
                [frame(0x88, [3, 0xE8, 0xE2, 0x82])],
                .fails(1007)
            ),
            Case(
                "5.5.1",
                "a message after the close",
                [frame(0x88, [3, 0xE8]), frame(0x81, hello)],
                .closes([3, 0xE8])
            ),
            Case(
                "5.5.1",
                "a ping after the close",
                [frame(0x88, ""), frame(0x89, "x")],
                .closes([])
            ),
            Case(
                "7.1.7",
                "a message after a failure",
                [frame(0x83, ""), frame(0x81, hello)],
                .fails(1002)
            ),
        ]

    /// Section 10.4: the bound is ours, 1 000 000 bytes for a message however it is cut.
    static let sizes: [Case] = [
        Case(
            "10.4",
            "the greatest message",
            [frame(0x81, event(1_000_000))],
            .echo(event(1_000_000))
        ),
        Case(
            "10.4",
            "the greatest message in fragments",
            fragments(event(1_000_000), of: 65_536),
            .echo(event(1_000_000))
        ),
        Case(
            "10.4",
            "one byte more, refused before its payload",
            [header(0x81, 127, 0, 0, 0, 0, 0, 0x0F, 0x42, 0x41), bytes(4)],
            .fails(1009)
        ),
        Case(
            "10.4",
            "the greatest length there is",
            [header(0x81, 127, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF), bytes(4)],
            .fails(1009)
        ),
        Case(
            "10.4",
            "a fragment that goes beyond",
            [frame(0x01, bytes(999_999)), frame(0x00, bytes(2))],
            .fails(1009)
        ),
    ]
}

private let hello = #"42["a","hello"]"#
private let accented = #"42["a","ü€𝄞"]"#
