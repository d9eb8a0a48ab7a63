package import JSONText
package import RoomModel

extension Participant.Face {
    package func encode(into writer: inout JSONWriter) {
        writer.beginObject()
        encodeMembers(into: &writer)
        writer.endObject()
    }

    fileprivate func encodeMembers(into writer: inout JSONWriter) {
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
    }
}

extension Participant {
    package func encode(into writer: inout JSONWriter) {
        writer.beginObject()
        face.encodeMembers(into: &writer)
        writer.key("number")
        writer.integer(number.rawValue)
        if let since {
            writer.key("since")
            writer.integer(since)
        }
        if let left {
            writer.key("left")
            writer.string(left.rawValue)
        }
        if waiting {
            writer.key("waiting")
            writer.bool(true)
        }
        writer.endObject()
    }

    init(from reader: inout JSONReader, _ holdsUnknown: inout Bool) throws {
        self.init(ParticipantID(rawValue: ""))
        try reader.members { key, reader in
            switch key {
            case "participant": id = ParticipantID(rawValue: try reader.string())
            case "name": name = try reader.string()
            case "role": role = Role(rawValue: try reader.string()) ?? .observer
            case "color": color = try reader.integer()
            case "connected": connected = try reader.bool()
            case "number": number = ProposalNumber(rawValue: try reader.integer())
            case "since": since = try reader.integer()
            case "left": left = LeaveReason(rawValue: try reader.string()) ?? .lost
            case "waiting": waiting = try reader.bool()
            default: holdsUnknown = true
            }
        }
    }
}
