import ArgumentParser
import JSONText
import NIOCore

/// What the systems under comparison differ in, seen by somebody who types: all speak Socket.IO's framing.
enum Dialect: String, CaseIterable, ExpressibleByArgument {
    /// Edits come back as commits, to their author too, in one order for all.
    case viva
    /// Edits reach the others as they were sent, and nothing comes back.
    case relay

    /// One edit that arrived.
    struct Arrival {
        let by: String
        let number: Int
    }

    enum Heard {
        /// In the room, by this name, which saw this much of it already.
        case entered(as: String, revision: Int, length: Int)
        /// In the room, by whatever name.
        case connected
        /// Edits, and the room's revision after them.
        case edits([Arrival], revision: Int)
        /// Another owner has the room: what is in flight is to be sent again.
        case newOwner
        case ping
        case refused
        case nothing
    }

    /// Nobody sends the next edit before Viva has answered the one before; a relay has no answer.
    var waitsForOwn: Bool { self == .viva }

    func connect(token: String) -> String { #"40{"token":"\#(token)"}"# }

    /// Types one character at the beginning of a document of the given length.
    func edit(by: String, number: Int, revision: Int, length: Int) -> String {
        let operation = length == 0 ? #"["a"]"# : #"["a",\#(length)]"#
        let author = self == .viva ? "" : #""by":"\#(by)","#
        return
            #"42["edit",{\#(author)"number":\#(number),"revision":\#(revision),"operation":\#(operation)}]"#
    }

    func heard(_ text: ByteBuffer) -> Heard {
        let view = text.readableBytesView
        if view.starts(with: "42".utf8) { return (try? event(text)) ?? .refused }
        if view.starts(with: "2".utf8) { return .ping }
        if view.starts(with: "40".utf8) { return self == .viva ? .nothing : .connected }
        return view.starts(with: "44".utf8) ? .refused : .nothing
    }

    // MARK: Events

    private func event(_ text: ByteBuffer) throws -> Heard {
        try text.withUnsafeReadableBytes { bytes in
            var reader = JSONReader(UnsafeRawBufferPointer(rebasing: bytes.dropFirst(2)))
            try reader.beginArray()
            guard try reader.nextElement() else { return .nothing }
            let name = try reader.string()
            guard try reader.nextElement() else { return .nothing }
            switch name {
            case "commits": return try Self.commits(&reader)
            case "edit":
                return .edits([try Self.change(&reader).arrival].compactMap(\.self), revision: 0)
            case "welcome": return try Self.welcome(&reader)
            case "epoch": return .newOwner
            case "rejected", "closing": return .refused
            default: return .nothing
            }
        }
    }

    private static func commits(_ reader: inout JSONReader) throws -> Heard {
        var arrivals: [Arrival] = []
        var revision = 0
        try reader.beginArray()
        while try reader.nextElement() {
            let change = try change(&reader)
            revision = change.revision
            if let arrival = change.arrival { arrivals.append(arrival) }
        }
        return .edits(arrivals, revision: revision)
    }

    /// A commit, or what a relay was given: an arrival if it is an edit.
    private static func change(
        _ reader: inout JSONReader
    ) throws -> (revision: Int, arrival: Arrival?) {
        var (revision, number, by, isEdit) = (0, 0, "", false)
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "revision": revision = try reader.integer()
            case "number": number = try reader.integer()
            case "by": by = try reader.string()
            default:
                isEdit = isEdit || key == "edit" || key == "operation"
                _ = try reader.skipValue()
            }
        }
        return (revision, isEdit ? Arrival(by: by, number: number) : nil)
    }

    private static func welcome(_ reader: inout JSONReader) throws -> Heard {
        var (name, revision, length) = ("", 0, 0)
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "participant": name = try reader.string()
            case "snapshot": (revision, length) = try snapshot(&reader)
            case "commits":
                if case .edits(let edits, let newest) = try commits(&reader) {
                    revision = max(revision, newest)
                    length += edits.count
                }
            default: _ = try reader.skipValue()
            }
        }
        return .entered(as: name, revision: revision, length: length)
    }

    private static func snapshot(_ reader: inout JSONReader) throws -> (revision: Int, length: Int)
    {
        var (revision, length) = (0, 0)
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "revision": revision = try reader.integer()
            case "text": length = try reader.utf16().count
            default: _ = try reader.skipValue()
            }
        }
        return (revision, length)
    }
}
