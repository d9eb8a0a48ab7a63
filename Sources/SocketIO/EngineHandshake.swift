import JSONText
import NIOCore

/// What the `open` packet tells the peer.
package enum EngineHandshake {
    package static func packet(
        sid: String,
        canUpgrade: Bool,
        limits: EngineLimits
    ) -> EnginePacket {
        var json = JSONWriter()
        json.beginObject()
        json.key("sid")
        json.string(sid)
        json.key("upgrades")
        json.beginArray()
        if canUpgrade { json.string("websocket") }
        json.endArray()
        json.key("pingInterval")
        json.integer(limits.pingIntervalMilliseconds)
        json.key("pingTimeout")
        json.integer(limits.pingTimeoutMilliseconds)
        json.key("maxPayload")
        json.integer(limits.payloadBytesMax)
        json.endObject()
        return .open(ByteBuffer(bytes: json.bytes))
    }
}
