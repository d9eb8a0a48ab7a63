import Coordination
import EventLoopIsolation
import Redis
import RoomModel
import TestSupport

/// A room as an earlier version left it in Redis, from `Tests/Data/recorded/<format>`.
///
/// `record_room.py` wrote it from real processes. It may be cut short, or added to, before it is loaded.
struct RecordedRoom {
    var meta: [String: String] = [:]
    var snapshot = ""
    /// ID and fields of each entry, as the stream holds them.
    var log: [(id: String, fields: [String])] = []

    init(format: Int, named name: String = "room") throws {
        for line in try TestData.lines(of: "recorded/\(format)/\(name).jsonl") {
            switch try line["key"].text {
            case "meta":
                guard case .object(let members) = try line["hash"] else { continue }
                meta = try members.mapValues { try $0.text }
            case "snapshot": snapshot = try line["string"].text
            default:
                log.append((try line["id"].text, try line["fields"].elements.map { try $0.text }))
            }
        }
    }

    var revision: Int { log.count }

    /// The room as it was after so many commits.
    mutating func cut(after count: Int) {
        log.removeLast(log.count - count)
        meta["revision"] = "\(count)"
    }

    /// A commit that some version appended, with fields beside ours if it has any.
    mutating func append(_ members: String, otherFields: [String] = []) {
        let json = #"{"revision":\#(revision + 1),"at":1,"by":"grace",\#(members)}"#
        log.append(("\(revision + 1)-0", ["c", json] + otherFields))
        meta["revision"] = "\(revision)"
    }

    @LoopActor
    func load(into commands: RedisClient, as room: RoomKeys) async throws {
        for (field, value) in meta {
            _ = try await commands.send(
                ["HSET", .string(room.meta), .string(field), .string(value)]
            )
        }
        _ = try await commands.send(["SET", .string(room.snapshot), .string(snapshot)])
        for (id, fields) in log {
            var command: RedisCommand = ["XADD", .string(room.log), .string(id)]
            command.arguments += fields.map(RedisArgument.string)
            _ = try await commands.send(command)
        }
    }
}
