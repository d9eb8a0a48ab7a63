import JSONText
package import Logging

/// One event of a log, as a line for programs or for people.
package struct LogLine {
    /// Since 1970.
    let milliseconds: Int
    let level: Logger.Level
    /// Which process says it.
    let process: String
    let message: String
    let metadata: Logger.Metadata

    package init(
        milliseconds: Int,
        level: Logger.Level,
        process: String,
        message: String,
        metadata: Logger.Metadata
    ) {
        self.milliseconds = milliseconds
        self.level = level
        self.process = process
        self.message = message
        self.metadata = metadata
    }

    /// `{"time":"2026-01-31T12:00:00.000Z","level":"info","process":"g1","message":"…","room":"…"}`.
    package var json: [UInt8] {
        JSONWriter.bytes { writer in
            writer.beginObject()
            writer.key("time")
            writer.string(timestamp(milliseconds: milliseconds))
            writer.key("level")
            writer.string(level.rawValue)
            writer.key("process")
            writer.string(process)
            writer.key("message")
            writer.string(message)
            for (key, value) in sorted {
                writer.key(named: key)
                writer.string(value)
            }
            writer.endObject()
        } + [UInt8(ascii: "\n")]
    }

    /// `12:00:00.000 info    g1 …  room=…`.
    package var text: [UInt8] {
        let time = timestamp(milliseconds: milliseconds).dropFirst(11).dropLast()
        let pad = String(repeating: " ", count: max(0, 7 - level.rawValue.count))
        let words = sorted.map { " \($0)=\(Self.word($1))" }.joined()
        return Array("\(time) \(level.rawValue)\(pad) \(process) \(message)\(words)\n".utf8)
    }

    /// Names that the line has already are told apart, so that a key stands there once.
    private var sorted: [(String, String)] {
        let taken: Set = ["time", "level", "process", "message"]
        return metadata.sorted { $0.key < $1.key }.map { key, value in
            (taken.contains(key) ? "_" + key : key, "\(value)")
        }
    }

    /// In quotes where it does not stand for itself; never more than one line.
    private static func word(_ value: String) -> String {
        let isPlain =
            !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x7F }
        if isPlain { return value }
        return String(decoding: JSONWriter.bytes { $0.string(value) }, as: UTF8.self)
    }
}
