import JSONText
import RoomModel

/// What every browser is told of itself when it is answered: the room, and who it is there.
struct Introduction {
    let room: RoomID
    let participant: ParticipantID
    /// Proves the participant when its browser comes back.
    let key: String
    let role: Role

    func encodeMembers(into writer: inout JSONWriter) {
        writer.key("session")
        writer.string(room.rawValue)
        writer.key("participant")
        writer.string(participant.rawValue)
        writer.key("key")
        writer.string(key)
        writer.key("role")
        writer.string(role.rawValue)
    }

    /// The bounds that a page has to know.
    static func encodeLimits(into writer: inout JSONWriter) {
        writer.key("limits")
        writer.beginObject()
        writer.key("documentLengthMax")
        writer.integer(Limits.Room.documentLengthMax)
        writer.key("nameLengthMax")
        writer.integer(Limits.Room.nameLengthMax)
        writer.key("selectionsMax")
        writer.integer(Limits.Socket.selectionsMax)
        writer.key("editsPerSecond")
        writer.integer(Limits.Socket.proposalsPerSecond)
        writer.key("messageBytesMax")
        writer.integer(Limits.Socket.messageBytesMax)
        writer.endObject()
    }
}
