import JSONText
import NIOCore
import SocketIO
import WireFormat

/// What a connection gets in the place of its welcome, until it is let in.
struct WaitingEvent {
    let introduction: Introduction
    let lobby: Lobby

    func packet() -> PreparedPacket {
        var writer = JSONWriter()
        writer.beginObject()
        introduction.encodeMembers(into: &writer)
        writer.key("title")
        writer.string(lobby.title)
        writer.key("language")
        writer.string(lobby.language)
        writer.key("participants")
        writer.beginArray()
        for person in lobby.people { person.encode(into: &writer) }
        writer.endArray()
        Introduction.encodeLimits(into: &writer)
        writer.endObject()
        return .event("waiting", argumentsJSON: ByteBuffer(bytes: writer.bytes))
    }
}
