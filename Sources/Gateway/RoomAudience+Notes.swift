package import Coordination
import EventLoopIsolation
import JSONText
package import NIOCore
import RoomModel
import SocketIO
import WireFormat

/// The private notes: to interviewers who are in the room, and to no other connection.
extension RoomAudience {
    private var readers: [Connection] {
        connections.values.filter { $0.role.hasNotes && $0.cursor != nil }
    }

    func noteWritten(_ json: ByteBuffer, count: Int, id: String) {
        let readers = readers
        switch notes.received(count: count, of: id, hasReaders: !readers.isEmpty) {
        case .deliver: deliverNotes(json, to: readers)
        case .read: readNotes()
        case .skip: break
        }
    }

    func notesMayHaveBeenMissed() {
        if notes.mayHaveMissed(hasReaders: !readers.isEmpty) == .read { readNotes() }
    }

    func retryNotes() {
        if notes.retry(hasReaders: !readers.isEmpty) == .read { readNotes() }
    }

    /// Reads what an interviewer's welcome has to hold; for others there is nothing to wait for.
    func withNotes(for connection: Connection, _ welcome: @escaping @LoopActor (RoomNotes?) -> Void)
    {
        guard connection.role.hasNotes else { return welcome(nil) }
        channels.notes(of: room) { [weak self, weak connection] result in
            guard let self, let connection, connections[connection.id] != nil else { return }
            guard let read = try? result.get() else { return refuse(connection, .unavailable) }
            // What was written meanwhile was handed to those who were here.
            guard notes.isCurrent(read) else { return withNotes(for: connection, welcome) }
            notes.began(with: read)
            welcome(read)
        }
    }

    private func readNotes() {
        channels.notes(of: room) { [weak self] result in
            guard let self else { return }
            let read = try? result.get()
            let (action, gone) = notes.read(read)
            switch action {
            case .deliver: deliverNotes(read?.argument(gone: gone) ?? ByteBuffer(), to: readers)
            case .read: readNotes()
            case .skip: break
            }
        }
    }

    private func deliverNotes(_ json: ByteBuffer, to readers: [Connection]) {
        let packet = PreparedPacket.event("notes", argumentsJSON: json)
        for reader in readers { reader.send(packet) }
    }
}

extension RoomNotes {
    /// The argument of `notes`; those that are gone have no text.
    package func argument(gone: [String] = []) -> ByteBuffer {
        var writer = JSONWriter()
        writer.beginArray()
        for note in notes { writer.raw(note.json.readableBytesView) }
        for id in gone {
            writer.beginObject()
            writer.key("id")
            writer.string(id)
            writer.key("text")
            writer.string("")
            writer.endObject()
        }
        writer.endArray()
        return ByteBuffer(bytes: writer.bytes)
    }
}
