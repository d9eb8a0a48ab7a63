package import JSONText
package import RoomModel

extension Snapshot {
    /// The snapshot as it lies in Redis, which is also as `welcome` carries it: the gateway hands
    /// on the bytes.
    package func encode(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("revision")
        writer.integer(revision.rawValue)
        writer.key("text")
        writer.string(text)
        writer.key("language")
        writer.string(language)
        writer.key("locked")
        writer.bool(locked)
        writer.key("state")
        writer.string(ended ? "ended" : "open")
        if let title {
            writer.key("title")
            writer.string(title)
        }
        encodeTimer(into: &writer)
        writer.key("admission")
        writer.string(admission.rawValue)
        encodeParticipants(into: &writer)
        encodeEvents(into: &writer)
        writer.endObject()
    }

    // MARK: Members that REST has too

    package func encodeTimer(into writer: inout JSONWriter) {
        guard let timer else { return }
        writer.key("timer")
        timer.encode(into: &writer)
    }

    package func encodeParticipants(into writer: inout JSONWriter) {
        writer.key("participants")
        writer.beginArray()
        for participant in participants { participant.encode(into: &writer) }
        writer.endArray()
    }

    package func encodeEvents(into writer: inout JSONWriter) {
        writer.key("events")
        writer.beginArray()
        for commit in journal.commits { commit.encode(into: &writer) }
        writer.endArray()
    }

    // MARK: Reading

    package var json: [UInt8] { JSONWriter.bytes { encode(into: &$0) } }

    /// Reads a snapshot that this or another version wrote; keys it does not know are passed over, and noted.
    package init(from reader: inout JSONReader) throws {
        self.init(text: "", language: "")
        try reader.members { key, reader in
            switch key {
            case "revision": revision = try Revision.read(from: &reader)
            case "text": text = try reader.string()
            case "language": language = try reader.string()
            case "locked": locked = try reader.bool()
            case "state": ended = try reader.string() == "ended"
            case "title": title = try reader.string()
            case "timer": timer = try Countdown(from: &reader, &holdsUnknown)
            case "admission":
                if let known = Admission(rawValue: try reader.string()) {
                    admission = known
                } else {
                    // Whatever it is, nobody sees what they may not.
                    admission = .ask
                    holdsUnknown = true
                }
            case "participants":
                try reader.beginArray()
                while try reader.nextElement() {
                    participants.append(try Participant(from: &reader, &holdsUnknown))
                }
            case "events": journal = try Self.journal(from: &reader)
            default: holdsUnknown = true
            }
        }
    }

    /// One of a kind that is not known leaves nothing unknown in the room: whoever took it in wrote down
    /// in other members what it had changed.
    private static func journal(from reader: inout JSONReader) throws -> Journal {
        var journal = Journal()
        try reader.beginArray()
        while try reader.nextElement() { journal.record(try Commit(from: &reader)) }
        return journal
    }
}
