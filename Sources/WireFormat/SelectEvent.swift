import JSONText
package import NIOCore
package import RoomModel

/// Where somebody's cursors and selections stand: anchor and head of each, at a revision.
package struct SelectEvent: Equatable, Sendable {
    package var revision = Revision.zero
    package var selections: [Selection] = []

    package struct Selection: Equatable, Sendable {
        package let anchor: Int
        package let head: Int
    }

    /// Reads the argument of `select`, nil where it is not one: presence may be lost, so nobody is told.
    package init?(_ argument: ByteBuffer) {
        guard argument.readableBytes <= Limits.Socket.presenceBytesMax else { return nil }
        do {
            try argument.readingJSON { reader in try read(from: &reader) }
        } catch { return nil }
    }

    /// The argument of `presence`, for everybody else in the room.
    package func presence(by participant: ParticipantID) -> ByteBuffer {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("by")
        writer.string(participant.rawValue)
        writer.key("revision")
        writer.integer(revision.rawValue)
        writer.key("selections")
        writer.beginArray()
        for selection in selections {
            writer.beginArray()
            writer.integer(selection.anchor)
            writer.integer(selection.head)
            writer.endArray()
        }
        writer.endArray()
        writer.endObject()
        return ByteBuffer(bytes: writer.bytes)
    }

    private mutating func read(from reader: inout JSONReader) throws {
        try reader.members { key, reader in
            switch key {
            case "revision": revision = Revision.nearest(to: try reader.integer())
            case "selections": selections = try Self.selections(from: &reader)
            default: break
            }
        }
    }

    private static func selections(from reader: inout JSONReader) throws -> [Selection] {
        var selections: [Selection] = []
        try reader.beginArray()
        while try reader.nextElement() {
            try reader.beginArray()
            var offsets: [Int] = []
            while try reader.nextElement() { offsets.append(try reader.integer()) }
            guard offsets.count == 2, selections.count < Limits.Socket.selectionsMax,
                offsets.allSatisfy({ (0...Limits.Room.documentLengthMax).contains($0) })
            else { throw WireError.malformed }
            selections.append(Selection(anchor: offsets[0], head: offsets[1]))
        }
        return selections
    }
}
