import JSONText
import NIOCore
import RoomModel
import WireFormat

/// An interviewer's private notes at a browser, or what anybody else is shown of them: nothing.
struct NoteBook {
    /// As the server tells them.
    private(set) var saved: [String: String] = [:]
    /// What was written and has no answer yet.
    private(set) var unsaved: [String: String] = [:]
    /// The newest text of each note that was written here and answered.
    private(set) var answered: [String: String] = [:]

    mutating func write(_ id: String, _ text: String) { unsaved[id] = text }

    /// All there are.
    mutating func begin(_ json: ByteBuffer) throws {
        saved = [:]
        try received(json)
    }

    mutating func received(_ json: ByteBuffer) throws {
        for (id, text) in try Self.notes(in: json) {
            saved[id] = text.isEmpty ? nil : text
            guard unsaved[id] == text else { continue }
            unsaved[id] = nil
            answered[id] = text
        }
    }

    static func argument(_ id: String, _ text: String) -> ByteBuffer {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("id")
        writer.string(id)
        writer.key("text")
        writer.string(text)
        writer.endObject()
        return ByteBuffer(bytes: writer.bytes)
    }

    private static func notes(in json: ByteBuffer) throws -> [(id: String, text: String)] {
        try json.readingJSON { reader in
            var notes: [(String, String)] = []
            try reader.beginArray()
            while try reader.nextElement() {
                var (id, text) = ("", "")
                try reader.members { key, reader in
                    switch key {
                    case "id": id = try reader.string()
                    case "text": text = try reader.string()
                    default: break
                    }
                }
                notes.append((id, text))
            }
            return notes
        }
    }
}
