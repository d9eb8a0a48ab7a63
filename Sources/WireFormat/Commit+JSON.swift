package import JSONText
import OperationalTransform
package import RoomModel

extension Commit {
    /// One commit as the `commits` event and the log hold it:
    /// `{"revision":7,"at":1700000000000,"by":"…","number":3,"edit":[…]}`.
    package func encode(into writer: inout JSONWriter) {
        if case .unknown(let written) = change { return writer.raw(written) }
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

    /// Reads a commit that this or another version wrote; keys it does not know are passed over.
    ///
    /// One of a kind that it does not know is kept as it was written.
    package init(from reader: inout JSONReader) throws {
        var revision: Revision?
        var at = 0
        var by = ""
        var number: Int?
        var change: Change?
        // Behind the white space, where the commit begins.
        _ = try reader.nextKind()
        let start = reader.offset
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
            change: change ?? .unknown(written: reader.copy(of: start..<reader.offset))
        )
    }
}

extension Commit.Change {
    fileprivate func encode(into writer: inout JSONWriter) {
        switch self {
        case .edit(let operation):
            writer.key("edit")
            operation.encode(into: &writer)
        case .granted(let wish): wish.encode(into: &writer)
        case .joined(let arrival):
            writer.key("joined")
            arrival.encode(into: &writer)
        case .left(let reason):
            writer.key("left")
            writer.beginObject()
            writer.key("reason")
            writer.string(reason.rawValue)
            writer.endObject()
        case .unknown: break
        }
    }

    /// Reads the value of `key`, or passes over it and answers nil when it names no kind of change.
    fileprivate init?(named key: String, from reader: inout JSONReader) throws {
        switch key {
        case "edit": self = .edit(try TextOperation(from: &reader))
        case "joined": self = .joined(try Commit.Arrival(from: &reader))
        case "left": self = try Self.left(from: &reader)
        default:
            guard let wish = try Wish(named: key, from: &reader) else { return nil }
            self = .granted(wish)
        }
    }

    private static func left(from reader: inout JSONReader) throws -> Self {
        var reason = LeaveReason.lost
        try reader.members { key, reader in
            switch key {
            case "reason": reason = LeaveReason(rawValue: try reader.string()) ?? .lost
            default: break
            }
        }
        return .left(reason)
    }
}

extension Commit.Arrival {
    fileprivate func encode(into writer: inout JSONWriter) {
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
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init(name: "", role: .observer, color: 0)
        try reader.members { key, reader in
            switch key {
            case "name": name = try reader.string()
            case "role": role = Role(rawValue: try reader.string()) ?? .observer
            case "color": color = try reader.integer()
            case "waiting": waiting = try reader.bool()
            default: break
            }
        }
    }
}
