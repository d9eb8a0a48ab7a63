package import JSONText
import OperationalTransform
package import RoomModel

extension Commit {
    /// One commit as the `commits` event and the log hold it:
    /// `{"revision":7,"at":1700000000000,"by":"…","number":3,"edit":[…]}`.
    package func encode(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("revision")
        writer.integer(revision.rawValue)
        writer.key("at")
        writer.integer(at)
        writer.key("by")
        writer.string(by.rawValue)
        if let number {
            writer.key("number")
            writer.integer(number.rawValue)
        }
        change.encode(into: &writer)
        writer.endObject()
    }

    package var json: [UInt8] { JSONWriter.bytes { encode(into: &$0) } }

    /// Reads a commit that this or another version wrote; kinds and keys it does not know are passed over.
    package init(from reader: inout JSONReader) throws {
        var revision: Revision?
        var at = 0
        var by = ""
        var number: Int?
        var change = Change.unknown
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "revision": revision = try Revision.read(from: &reader)
            case "at": at = try reader.integer()
            case "by": by = try reader.string()
            case "number": number = try reader.integer()
            default: change = try Change(named: key, from: &reader) ?? change
            }
        }
        guard let revision else { throw WireError.missing("revision") }
        self.init(
            revision: revision,
            at: at,
            by: ParticipantID(rawValue: by),
            number: number.map(ProposalNumber.init),
            change: change
        )
    }
}

extension Commit.Change {
    fileprivate func encode(into writer: inout JSONWriter) {
        switch self {
        case .edit(let operation):
            writer.key("edit")
            operation.encode(into: &writer)
        case .language(let language):
            writer.key("language")
            writer.string(language)
        case .locked(let locked):
            writer.key("locked")
            writer.bool(locked)
        case .joined(let name, let role, let color, let waiting):
            writer.key("joined")
            writer.beginObject()
            writer.key("name")
            writer.string(name)
            writer.key("role")
            writer.string(role.rawValue)
            writer.key("color")
            writer.integer(color)
            if waiting {
                writer.key("waiting")
                writer.bool(true)
            }
            writer.endObject()
        case .left(let reason):
            writer.key("left")
            writer.beginObject()
            writer.key("reason")
            writer.string(reason.rawValue)
            writer.endObject()
        case .ended:
            writer.key("ended")
            writer.bool(true)
        case .admission(let admission):
            writer.key("admission")
            writer.string(admission.rawValue)
        case .admitted(let participant):
            writer.key("admitted")
            writer.string(participant.rawValue)
        case .unknown: break
        }
    }

    /// Reads the value of `key`, or passes over it and answers nil when it names no kind of change.
    fileprivate init?(named key: String, from reader: inout JSONReader) throws {
        switch key {
        case "edit": self = .edit(try TextOperation(from: &reader))
        case "language": self = .language(try reader.string())
        case "locked": self = .locked(try reader.bool())
        case "joined": self = try Self.joined(from: &reader)
        case "left": self = try Self.left(from: &reader)
        case "ended":
            _ = try reader.skipValue()
            self = .ended
        case "admission": self = .admission(try Admission(from: &reader))
        case "admitted": self = .admitted(ParticipantID(rawValue: try reader.string()))
        default:
            _ = try reader.skipValue()
            return nil
        }
    }

    private static func joined(from reader: inout JSONReader) throws -> Self {
        var name = ""
        var role = Role.observer
        var color = 0
        var waiting = false
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "name": name = try reader.string()
            case "role": role = Role(rawValue: try reader.string()) ?? .observer
            case "color": color = try reader.integer()
            case "waiting": waiting = try reader.bool()
            default: _ = try reader.skipValue()
            }
        }
        return .joined(name: name, role: role, color: color, waiting: waiting)
    }

    private static func left(from reader: inout JSONReader) throws -> Self {
        var reason = LeaveReason.lost
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "reason": reason = LeaveReason(rawValue: try reader.string()) ?? .lost
            default: _ = try reader.skipValue()
            }
        }
        return .left(reason)
    }
}

extension Admission {
    /// A way in that a newer version knows is taken for asking: then nobody sees what they may not.
    init(from reader: inout JSONReader) throws {
        self = Admission(rawValue: try reader.string()) ?? .ask
    }
}
