import EventLoopIsolation
package import NIOCore
import Redis
package import RoomModel
package import WireFormat

/// A room as a gateway hands it to somebody who joins: bytes, unread.
package struct LoadedRoom: Sendable {
    package let epoch: Epoch
    /// Where the log ends.
    package let place: LogPlace
    /// The title that the room was created with.
    package let title: String
    package let createdMilliseconds: Int
    package let snapshotRevision: Revision
    package let snapshot: ByteBuffer
    /// The log after the snapshot, nil where there is nothing.
    package let tail: CommitBatch?

    /// The room as a value: the fold of what was loaded.
    package func room() throws -> Room {
        var room = Room(try Snapshot(json: snapshot, createdWith: title))
        for commit in try tail?.commits() ?? [] { try room.fold(commit) }
        return room
    }
}

extension Snapshot {
    /// A snapshot with a title; those of older versions have none, as it was kept elsewhere and never
    /// changed.
    init(json: ByteBuffer, createdWith title: String) throws {
        try self.init(json: json)
        self.title = self.title ?? title
    }
}

/// Why a room could not be read.
package enum LoadError: Error, Equatable {
    case unknownRoom
    /// Redis is away, or answered what this version does not understand.
    case unavailable
}

extension RoomChannels {
    /// Reads a room at one instant.
    package func load(
        _ room: RoomKeys,
        then: @escaping @LoopActor (Result<LoadedRoom, LoadError>) -> Void
    ) {
        let keys: [RedisArgument] = [.string(room.meta), .string(room.snapshot), .string(room.log)]
        commands.evaluate(Scripts.load, keys: keys, arguments: []) { [self] reply in
            if case .success(.string(let format)) = reply { logNewer(String(buffer: format), room) }
            then(Self.loaded(reply))
        }
    }

    /// Where a room stands: its newest epoch, and the end of its log.
    package func head(
        of room: RoomKeys,
        then: @escaping @LoopActor (Result<(Epoch, LogPlace), LoadError>) -> Void
    ) {
        epoch(of: room) { [commands] epoch in
            // The epoch is that of a known room; the end of the log may be newer than it.
            commands.send(["XREVRANGE", .string(room.log), "+", "-", "COUNT", "1"]) { reply in
                guard let values = (try? reply.get())?.array else {
                    return then(.failure(.unavailable))
                }
                guard let epoch else { return then(.failure(.unknownRoom)) }
                guard let last = values.first else { return then(.success((epoch, .start))) }
                do {
                    then(.success((epoch, try LogEntry(last).place)))
                } catch {
                    then(.failure(.unavailable))
                }
            }
        }
    }

    /// Reads a page of the log: what follows a place.
    package func readLog(
        of room: RoomKeys,
        after place: LogPlace,
        then: @escaping @LoopActor (Result<LogPage, LoadError>) -> Void
    ) {
        // With the commit at the place itself, which tells whether this is the log that is meant.
        let first = max(place.revision.rawValue, 1)
        commands.send([
            "XRANGE", .string(room.log), .string("\(first)-0"), "+", "COUNT",
            .integer(Limits.Log.commitsPerPage + 1),
        ]) { reply in
            guard let values = (try? reply.get())?.array else {
                return then(.failure(.unavailable))
            }
            // Not by `try?`: it makes one nil of a damaged entry and of a log with nothing more.
            do {
                let batch = try CommitBatch(entries: values, epoch: Epoch(rawValue: 0))
                then(.success(LogPage(batch, after: place)))
            } catch {
                then(.failure(.unavailable))
            }
        }
    }

    private static func loaded(
        _ reply: Result<RESPValue, RedisError>
    ) -> Result<LoadedRoom, LoadError> {
        switch reply {
        case .success(.null): return .failure(.unknownRoom)
        case .success(.array(let parts)):
            guard let loaded = LoadedRoom(parts) else { return .failure(.unavailable) }
            return .success(loaded)
        case .success, .failure: return .failure(.unavailable)
        }
    }
}

extension LoadedRoom {
    /// From load.lua's answer, in its order.
    fileprivate init?(_ parts: [RESPValue]) {
        guard parts.count == 7, let epoch = parts[0].integer, let revision = parts[1].integer,
            let title = parts[2].text, let created = parts[3].integer,
            let snapshotRevision = parts[4].integer, let snapshot = parts[5].bytes,
            let entries = parts[6].array
        else { return nil }
        self.epoch = Epoch(rawValue: epoch)
        self.title = title
        createdMilliseconds = created
        self.snapshotRevision = Revision(rawValue: snapshotRevision)
        self.snapshot = snapshot
        do {
            let read = try CommitBatch(entries: entries, epoch: self.epoch)
            place = read?.place ?? .start
            tail = read?.dropping(through: self.snapshotRevision)
        } catch { return nil }
        guard place.revision.rawValue == revision else { return nil }
    }
}
