import JSONText
import RoomModel

extension Wish {
    /// The member of a commit that says it, key and value.
    func encode(into writer: inout JSONWriter) {
        switch self {
        case .language(let language):
            writer.key("language")
            writer.string(language)
        case .locked(let locked):
            writer.key("locked")
            writer.bool(locked)
        case .ended:
            writer.key("ended")
            writer.bool(true)
        case .title(let title):
            writer.key("title")
            writer.string(title)
        case .timer(let running, let remaining):
            writer.key("timer")
            Self.encodeTimer(running, remaining, into: &writer)
        case .chat(let text):
            writer.key("chat")
            writer.string(text)
        case .hidden(let hidden):
            writer.key("hidden")
            writer.bool(hidden)
        case .pasted(let length):
            writer.key("pasted")
            writer.integer(length)
        case .admission(let admission):
            writer.key("admission")
            writer.string(admission.rawValue)
        case .admitted(let participant):
            writer.key("admitted")
            writer.string(participant.rawValue)
        }
    }

    /// Reads the value of `key`, or passes over it and answers nil when it names no wish that this
    /// version knows.
    init?(named key: String, from reader: inout JSONReader) throws {
        switch key {
        case "language": self = .language(try reader.string())
        case "locked": self = .locked(try reader.bool())
        case "ended":
            _ = try reader.skipValue()
            self = .ended
        case "title": self = .title(try reader.string())
        case "timer": self = try Self.timer(from: &reader)
        case "chat": self = .chat(try reader.string())
        case "hidden": self = .hidden(try reader.bool())
        case "pasted": self = .pasted(try reader.integer())
        case "admission":
            guard let admission = Admission(rawValue: try reader.string()) else { return nil }
            self = .admission(admission)
        case "admitted": self = .admitted(ParticipantID(rawValue: try reader.string()))
        default:
            _ = try reader.skipValue()
            return nil
        }
    }

    private static func encodeTimer(
        _ running: Bool,
        _ remaining: Int,
        into writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.key("running")
        writer.bool(running)
        writer.key("remaining")
        writer.integer(remaining)
        writer.endObject()
    }

    private static func timer(from reader: inout JSONReader) throws -> Self {
        var running = false
        var remaining = 0
        try reader.members { key, reader in
            switch key {
            case "running": running = try reader.bool()
            case "remaining": remaining = try reader.integer()
            default: break
            }
        }
        return .timer(running: running, remaining: remaining)
    }
}

extension Countdown {
    /// As a snapshot has it: with the moment at which it was set.
    func encode(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("running")
        writer.bool(running)
        writer.key("remaining")
        writer.integer(remaining)
        writer.key("at")
        writer.integer(at)
        writer.endObject()
    }

    init?(from reader: inout JSONReader, _ holdsUnknown: inout Bool) throws {
        var running = false
        var remaining = 0
        var at = 0
        try reader.members { key, reader in
            switch key {
            case "running": running = try reader.bool()
            case "remaining": remaining = try reader.integer()
            case "at": at = try reader.integer()
            default: holdsUnknown = true
            }
        }
        self.init(running: running, remaining: remaining, at: at)
    }
}
