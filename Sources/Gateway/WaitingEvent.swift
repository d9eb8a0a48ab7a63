import JSONText
import NIOCore
import RoomModel
import SocketIO

/// What a connection gets in the place of its welcome, until it is let in.
struct WaitingEvent {
    let room: RoomID
    let participant: ParticipantID
    let key: String
    let role: Role
    let lobby: Lobby

    func packet() -> PreparedPacket {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("session")
        writer.string(room.rawValue)
        writer.key("participant")
        writer.string(participant.rawValue)
        writer.key("key")
        writer.string(key)
        writer.key("role")
        writer.string(role.rawValue)
        writer.key("title")
        writer.string(lobby.title)
        writer.key("language")
        writer.string(lobby.language)
        writer.key("participants")
        writer.beginArray()
        for person in lobby.people { person.encode(into: &writer) }
        writer.endArray()
        writer.key("limits")
        Welcome.writeLimits(into: &writer)
        writer.endObject()
        return .event("waiting", argumentsJSON: ByteBuffer(bytes: writer.bytes))
    }
}

extension Lobby.Person {
    fileprivate func encode(into writer: inout JSONWriter) {
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
        writer.endObject()
    }
}
