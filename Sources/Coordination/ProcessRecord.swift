package import JSONText

/// What a process says of itself in Redis, for whoever looks after the deployment, and for owners that
/// even out what they have.
package struct ProcessRecord: Equatable, Sendable {
    package var name = ""
    package var role = ""
    package var version = ""
    /// Where its health and metrics are; empty for nowhere.
    package var internalAddress = ""
    package var processID = 0
    /// Since 1970; tells a process from its successor of the same name.
    package var startedMilliseconds = 0
    /// What it misses to do its work, `draining` when it is about to stop; empty when nothing is missing.
    package var missingPart = ""
    package var connections = 0
    /// Owned by an owner; in which somebody is, at a gateway.
    package var rooms = 0
    /// The longest that something waited for its event loop since the last record.
    package var lagMicroseconds = 0
    /// Rooms and commits a second of an owner that takes rooms in; nil of all others.
    package var load: Int?

    package init() {}

    package var json: [UInt8] {
        JSONWriter.bytes { writer in
            writer.beginObject()
            encodeMembers(into: &writer)
            writer.endObject()
        }
    }

    package func encodeMembers(into writer: inout JSONWriter) {
        writer.key("name")
        writer.string(name)
        writer.key("role")
        writer.string(role)
        writer.key("version")
        writer.string(version)
        writer.key("internalAddress")
        writer.string(internalAddress)
        writer.key("processID")
        writer.integer(processID)
        writer.key("startedAt")
        writer.integer(startedMilliseconds)
        writer.key("missingPart")
        writer.string(missingPart)
        writer.key("connections")
        writer.integer(connections)
        writer.key("rooms")
        writer.integer(rooms)
        writer.key("lagMicroseconds")
        writer.integer(lagMicroseconds)
        if let load {
            writer.key("load")
            writer.integer(load)
        }
    }

    /// Reads what this or another version wrote; keys it does not know are passed over.
    package init(json bytes: UnsafeRawBufferPointer) throws {
        var reader = JSONReader(bytes)
        try reader.members { key, reader in
            switch key {
            case "name": name = try reader.string()
            case "role": role = try reader.string()
            case "version": version = try reader.string()
            case "internalAddress": internalAddress = try reader.string()
            case "processID": processID = try reader.integer()
            case "startedAt": startedMilliseconds = try reader.integer()
            case "missingPart": missingPart = try reader.string()
            case "connections": connections = try reader.integer()
            case "rooms": rooms = try reader.integer()
            case "lagMicroseconds": lagMicroseconds = try reader.integer()
            case "load": load = try reader.integer()
            default: break
            }
        }
        try reader.end()
    }
}
