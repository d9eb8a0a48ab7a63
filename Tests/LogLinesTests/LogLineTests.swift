import LogLines
import Logging
import Testing

@Suite struct LogLineTests {
    @Test func `a line for programs is one JSON object, its keys in order`() {
        #expect(
            json(["room": "r1", "connection": "g1.x"]) == """
                {"time":"1970-01-01T00:00:01.500Z","level":"info","process":"g1",\
                "message":"room was offered","connection":"g1.x","room":"r1"}

                """
        )
    }

    @Test func `a line for people has the time of day and what it is about`() {
        #expect(
            text(["room": "r1", "epoch": "7"])
                == "00:00:01.500 info    g1 room was offered epoch=7 room=r1\n"
        )
    }

    @Test(arguments: ["two words", "a\nb", "", "say \"no\"", "bell\u{7}", "\u{1B}[31m", "\u{7F}"])
    func `no value ends a line or stands for another`(value: String) {
        for line in [text(["reason": "\(value)"]), json(["reason": "\(value)"])] {
            #expect(line.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
            #expect(line.hasSuffix("\n"))
            #expect(line.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
        }
        #expect(text(["reason": "\(value)"]).contains("reason=\""))
    }

    @Test func `a key that the line has already is told apart`() {
        #expect(json(["level": "9"]).contains("\"level\":\"info\""))
        #expect(json(["level": "9"]).contains("\"_level\":\"9\""))
    }

    private func json(_ metadata: Logger.Metadata) -> String {
        String(decoding: line(metadata).json, as: UTF8.self)
    }

    private func text(_ metadata: Logger.Metadata) -> String {
        String(decoding: line(metadata).text, as: UTF8.self)
    }

    private func line(_ metadata: Logger.Metadata) -> LogLine {
        LogLine(
            milliseconds: 1_500,
            level: .info,
            process: "g1",
            message: "room was offered",
            metadata: metadata
        )
    }
}
