import Coordination
import JSONText
import OperationalTransform
import RoomModel

/// A room for programs and for people, without a word that was written in it and without a name.
struct RoomReport {
    private let id: RoomID
    private let inspected: InspectedRoom
    private let room: Room

    init(_ id: RoomID, _ inspected: InspectedRoom) throws {
        self.id = id
        self.inspected = inspected
        room = try inspected.loaded.room()
    }

    private var connected: [Participant] { room.roster.participants.filter(\.connected) }

    // MARK: For people

    var text: String {
        let loaded = inspected.loaded
        let facts = [
            ("session", id.rawValue),
            ("created", timestamp(milliseconds: loaded.createdMilliseconds)),
            ("kept", inspected.keptUntilMilliseconds.map(kept) ?? "until it is deleted"),
            ("state", "\(room.ended ? "ended" : "open"), \(room.language)"),
            ("owner", owner),
            ("epoch", "\(loaded.epoch.rawValue)"),
            ("revision", "\(room.revision.rawValue)"),
            ("snapshot", "at revision \(loaded.snapshotRevision.rawValue)"),
            ("log", "\(inspected.logLength) commits"),
            ("document", "\(room.document.length) UTF-16 code units"),
            ("people", "\(connected.count) connected, \(room.roster.participants.count) known"),
        ]
        let head = facts.map { name, fact in
            name + String(repeating: " ", count: 10 - name.count) + fact + "\n"
        }
        return head.joined() + "\n" + people + "\n" + tail
    }

    private func kept(until milliseconds: Int) -> String {
        "until \(timestamp(milliseconds: milliseconds)), if nobody comes back"
    }

    private var owner: String {
        let name = inspected.ownerName ?? "not written down"
        switch inspected.listeners {
        case 0: return "none listens (last: \(name))"
        case 1: return name
        default: return "\(name); \(inspected.listeners) listen, until the older ones notice"
        }
    }

    private var people: String {
        var table = TextTable("PARTICIPANT", "ROLE", "CONNECTED")
        for participant in room.roster.participants {
            table.add(
                participant.id.rawValue,
                participant.role.rawValue,
                participant.connected ? "yes" : "no"
            )
        }
        return table.text
    }

    private var tail: String {
        var table = TextTable("REVISION", "AT", "KIND", "BYTES", "PARTICIPANT", "NUMBER")
        for commit in inspected.tail {
            table.add(
                "\(commit.revision)",
                timestamp(milliseconds: commit.at),
                commit.kind,
                "\(commit.byteCount)",
                commit.participant,
                commit.number.map(String.init) ?? "–"
            )
        }
        return table.text
    }

    // MARK: For programs

    var json: String {
        let bytes = JSONWriter.bytes { writer in
            writer.beginObject()
            encodeFacts(into: &writer)
            writer.key("participants")
            writer.beginArray()
            for participant in room.roster.participants { encode(participant, into: &writer) }
            writer.endArray()
            writer.key("tail")
            writer.beginArray()
            for commit in inspected.tail { encode(commit, into: &writer) }
            writer.endArray()
            writer.endObject()
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func encodeFacts(into writer: inout JSONWriter) {
        let loaded = inspected.loaded
        let numbers = [
            ("epoch", loaded.epoch.rawValue), ("revision", room.revision.rawValue),
            ("snapshotRevision", loaded.snapshotRevision.rawValue),
            ("logLength", inspected.logLength), ("documentLength", room.document.length),
            ("listeners", inspected.listeners), ("connected", connected.count),
            ("createdAt", loaded.createdMilliseconds),
            // 0 where it is kept until somebody deletes it.
            ("keptUntil", inspected.keptUntilMilliseconds ?? 0),
        ]
        let words = [
            ("id", id.rawValue), ("state", room.ended ? "ended" : "open"),
            ("language", room.language), ("owner", inspected.ownerName ?? ""),
        ]
        for (name, word) in words {
            writer.key(named: name)
            writer.string(word)
        }
        for (name, number) in numbers {
            writer.key(named: name)
            writer.integer(number)
        }
    }

    private func encode(_ participant: Participant, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("id")
        writer.string(participant.id.rawValue)
        writer.key("role")
        writer.string(participant.role.rawValue)
        writer.key("connected")
        writer.bool(participant.connected)
        writer.endObject()
    }

    private func encode(_ commit: InspectedCommit, into writer: inout JSONWriter) {
        writer.beginObject()
        for (name, number) in [
            ("revision", commit.revision), ("at", commit.at), ("bytes", commit.byteCount),
            ("number", commit.number ?? 0),
        ] {
            writer.key(named: name)
            writer.integer(number)
        }
        writer.key("kind")
        writer.string(commit.kind)
        writer.key("by")
        writer.string(commit.participant)
        writer.endObject()
    }
}
