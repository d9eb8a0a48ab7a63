import Coordination
import JSONText
import Settings

/// The deployment at one moment: whether it is well, for programs and for people.
struct StatusReport {
    /// Three beats were missed.
    private static let silentMillisecondsMax = 10_000

    let sightings: [ProcessSighting]
    let orphans: Int
    let redis: [String: String]
    let nowMilliseconds: Int

    // MARK: What is not well

    var complaints: [String] {
        var complaints = sightings.compactMap { sighting in
            let state = Self.state(of: sighting)
            return state == "ready" ? nil : "\(sighting.record.name) is \(state)"
        }
        for role in ProcessRole.allCases where ready(role).isEmpty {
            complaints.append("no \(role.rawValue) is ready")
        }
        if orphans > 0 { complaints.append("\(orphans) rooms wait for an owner") }
        return complaints
    }

    private func ready(_ role: ProcessRole) -> [ProcessSighting] {
        sightings.filter { $0.record.role == role.rawValue && Self.state(of: $0) == "ready" }
    }

    /// `ready`, `draining`, `without redis`, `silent for 12 s`.
    private static func state(of sighting: ProcessSighting) -> String {
        guard sighting.silentMilliseconds <= silentMillisecondsMax else {
            return "silent for \(duration(sighting.silentMilliseconds))"
        }
        switch sighting.record.missingPart {
        case "": return "ready"
        case "draining": return "draining"
        case let part: return "without \(part)"
        }
    }

    // MARK: For people

    var text: String {
        var table = TextTable(
            "PROCESS",
            "ROLE",
            "VERSION",
            "STATE",
            "UP",
            "CONNECTIONS",
            "ROOMS",
            "LAG",
            "AT"
        )
        for sighting in sightings {
            let record = sighting.record
            table.add(
                record.name,
                record.role,
                record.version,
                Self.state(of: sighting),
                Self.duration(nowMilliseconds - record.startedMilliseconds),
                record.role == ProcessRole.gateway.rawValue ? "\(record.connections)" : "–",
                "\(record.rooms)",
                "\((record.lagMicroseconds + 500) / 1_000) ms",
                record.internalAddress
            )
        }
        return table.text + "\n" + summary
    }

    private var summary: String {
        let gateways = ready(.gateway)
        let connections = gateways.reduce(0) { $0 + $1.record.connections }
        let owners = ready(.owner)
        let rooms = owners.reduce(0) { $0 + $1.record.rooms }
        let lines = [
            "\(gateways.count) gateways ready with \(connections) connections",
            "\(owners.count) owners ready with \(rooms) rooms, \(orphans) rooms wait for one",
            "Redis \(redis["redis_version"] ?? "?"), \(redis["used_memory_human"] ?? "?") used, "
                + (redis["aof_enabled"] == "1" ? "append-only file on" : "append-only file off"),
        ]
        return (lines + complaints.map { "! \($0)" }).joined(separator: "\n") + "\n"
    }

    /// `5 s`, `3 min`, `7 h`, `12 d`.
    private static func duration(_ milliseconds: Int) -> String {
        let seconds = max(0, milliseconds / 1_000)
        switch seconds {
        case ..<120: return "\(seconds) s"
        case ..<7_200: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3_600) h"
        default: return "\(seconds / 86_400) d"
        }
    }

    // MARK: For programs

    var json: String {
        let bytes = JSONWriter.bytes { writer in
            writer.beginObject()
            writer.key("complaints")
            writer.beginArray()
            for complaint in complaints { writer.string(complaint) }
            writer.endArray()
            writer.key("orphanedRooms")
            writer.integer(orphans)
            writer.key("processes")
            writer.beginArray()
            for sighting in sightings { encode(sighting, into: &writer) }
            writer.endArray()
            writer.key("redis")
            writer.beginObject()
            for name in ["redis_version", "used_memory", "aof_enabled", "uptime_in_seconds"] {
                writer.key(named: name)
                writer.string(redis[name] ?? "")
            }
            writer.endObject()
            writer.endObject()
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func encode(_ sighting: ProcessSighting, into writer: inout JSONWriter) {
        writer.beginObject()
        sighting.record.encodeMembers(into: &writer)
        writer.key("state")
        writer.string(Self.state(of: sighting))
        writer.key("silentMilliseconds")
        writer.integer(sighting.silentMilliseconds)
        writer.endObject()
    }
}
