import EventLoopIsolation
package import NIOCore
import Redis
package import RoomModel
import WireFormat

/// The private notes of a room, as bytes: for interviewers alone.
package struct RoomNotes: Equatable, Sendable {
    /// How often notes had been written, at least: what is published has the count behind it.
    package let count: Int
    /// In the order in which they were begun.
    package let notes: [Note]

    package struct Note: Equatable, Sendable {
        package let id: String
        package let json: ByteBuffer

        package init(id: String, json: ByteBuffer) {
            self.id = id
            self.json = json
        }
    }

    package init(count: Int, notes: [Note]) {
        self.count = count
        self.notes = notes
    }

    package var ids: Set<String> { Set(notes.map(\.id)) }
}

extension RoomChannels {
    /// Writes a note and publishes it as one step; writing it again is harmless.
    ///
    /// Where there are as many as may be, its author is told.
    package func write(
        _ note: Note,
        epoch: Epoch,
        in room: RoomKeys,
        completion: @escaping @LoopActor (FencedOutcome) -> Void
    ) {
        let refusal = RoomMessage.rejected(
            note.by,
            body: RoomMessage.rejected(note: note.id, .tooLarge)
        )
        let arguments: [RedisArgument] = [
            .integer(epoch.rawValue), .string(note.id), .bytes(note.textJSON),
            .string(note.by.rawValue), .integer(note.at), .integer(note.revision.rawValue),
            .integer(Limits.Room.notesMax), .buffer(refusal.encoded()),
        ]
        let keys = [room.meta, room.notes, room.toGateways].map(RedisArgument.string)
        commands.evaluate(Scripts.note, keys: keys, arguments: arguments) { reply in
            completion(FencedOutcome(reply))
        }
    }

    /// Reads all notes of a room.
    package func notes(
        of room: RoomKeys,
        then: @escaping @LoopActor (Result<RoomNotes, LoadError>) -> Void
    ) {
        // The count first: what is written between the two comes again with its own.
        commands.send(["HGET", .string(room.meta), "notes"]) { [commands] reply in
            guard case .success(let value) = reply else { return then(.failure(.unavailable)) }
            let count = value.text.flatMap { Int($0) } ?? 0
            commands.send(["HGETALL", .string(room.notes)]) { reply in
                guard let values = (try? reply.get())?.array else {
                    return then(.failure(.unavailable))
                }
                then(.success(RoomNotes(count: count, fields: values)))
            }
        }
    }

    package func notes(of room: RoomKeys) async throws(LoadError) -> RoomNotes {
        let result = await withCheckedContinuation { continuation in
            notes(of: room) { continuation.resume(returning: $0) }
        }
        return try result.get()
    }
}

extension RoomNotes {
    /// From the hash: names and values stand in turn.
    fileprivate init(count: Int, fields: [RESPValue]) {
        let notes = stride(from: 0, to: fields.count - 1, by: 2).compactMap { place -> Note? in
            guard let id = fields[place].text, let json = fields[place + 1].bytes else {
                return nil
            }
            return Note(id: id, json: json)
        }
        let begun = Dictionary(notes.map { ($0.id, $0.json.commitTime ?? 0) }) { $1 }
        self.init(
            count: count,
            notes: notes.sorted { (begun[$0.id] ?? 0, $0.id) < (begun[$1.id] ?? 0, $1.id) }
        )
    }
}
