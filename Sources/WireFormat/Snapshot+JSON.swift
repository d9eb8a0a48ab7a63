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
        writer.key("admission")
        writer.string(admission.rawValue)
        writer.key("participants")
        writer.beginArray()
        for participant in participants { participant.encode(into: &writer) }
        writer.endArray()
        writer.endObject()
    }

    package var json: [UInt8] { JSONWriter.bytes { encode(into: &$0) } }

    /// Reads a snapshot that this or another version wrote; keys it does not know are passed over, and noted.
    package init(from reader: inout JSONReader) throws {
        self.init(text: "", language: "")
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "revision": revision = try Revision.read(from: &reader)
            case "text": text = try reader.string()
            case "language": language = try reader.string()
            case "locked": locked = try reader.bool()
            case "state": ended = try reader.string() == "ended"
            case "admission": admission = try Admission(from: &reader)
            case "participants":
                try reader.beginArray()
                while try reader.nextElement() {
                    participants.append(try Participant(from: &reader, &holdsUnknown))
                }
            default:
                _ = try reader.skipValue()
                holdsUnknown = true
            }
        }
    }
}

extension Participant {
    package func encode(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("participant")
        writer.string(id.rawValue)
        writer.key("name")
        writer.string(name)
        writer.key("role")
        writer.string(role.rawValue)
        writer.key("color")
        writer.integer(color)
        writer.key("connected")
        writer.bool(connected)
        writer.key("number")
        writer.integer(number.rawValue)
        if waiting {
            writer.key("waiting")
            writer.bool(true)
        }
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader, _ holdsUnknown: inout Bool) throws {
        self.init(
            id: ParticipantID(rawValue: ""),
            name: "",
            role: .observer,
            color: 0,
            connected: false,
            number: .none
        )
        var id = ""
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "participant": id = try reader.string()
            case "name": name = try reader.string()
            case "role": role = Role(rawValue: try reader.string()) ?? .observer
            case "color": color = try reader.integer()
            case "connected": connected = try reader.bool()
            case "number": number = ProposalNumber(rawValue: try reader.integer())
            case "waiting": waiting = try reader.bool()
            default:
                _ = try reader.skipValue()
                holdsUnknown = true
            }
        }
        self = Participant(
            id: ParticipantID(rawValue: id),
            name: name,
            role: role,
            color: color,
            connected: connected,
            number: number,
            waiting: waiting
        )
    }
}
