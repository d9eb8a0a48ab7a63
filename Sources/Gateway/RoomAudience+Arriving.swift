import Coordination
import EventLoopIsolation
import Logging
import Measuring
import NIOCore
import RoomModel
import SocketIO
import SocketIOServer
import WireFormat

/// The way of a connection into the room: its join is asked for, committed, and then it is welcomed
/// with a state that holds the join.
extension RoomAudience {
    /// Asks the owner to take the connection in; asking twice is harmless.
    func ask(_ connection: Connection) {
        guard connection.arrival?.asks(at: clock.uptimeMilliseconds()) == true else { return }
        let join = OwnerMessage.join(connection.sender, name: connection.name)
        channels.propose(connection.trail?.tracing(join) ?? join, to: room)
    }

    func tickArrival(of connection: Connection, at now: Int) {
        switch connection.arrival?.tick(at: now) {
        case .ask: if feed.isStarted { ask(connection) }
        case .giveUp: refuse(connection, .unavailable)
        case .wait, nil: break
        }
    }

    func admitted(_ id: ConnectionID) {
        guard let connection = connections[id],
            connection.arrival?.admitted(at: clock.uptimeMilliseconds()) == true
        else {
            return
        }
        if let place = connection.resumed {
            resume(connection, from: place)
        } else {
            enter(connection)
        }
    }

    func refused(_ id: ConnectionID, _ rejection: Rejection) {
        guard let connection = connections[id], connection.arrival != nil else { return }
        switch rejection {
        case .ended: refuse(connection, .sessionEnded)
        case .roomFull: refuse(connection, .roomFull)
        default: refuse(connection, .unavailable)
        }
    }

    func refuseAll(_ refusal: ConnectRequest.Refusal) {
        for connection in connections.values where connection.arrival != nil {
            refuse(connection, refusal)
        }
    }

    func refuse(_ connection: Connection, _ refusal: ConnectRequest.Refusal) {
        metrics.refusals.increment(refusal)
        logger.info(
            "connection was refused",
            metadata: connection.about.merging(["code": "\(refusal.rawValue)"]) { $1 }
        )
        connection.refuse(refusal)
        remove(connection, because: .closed)
    }

    /// Welcomes somebody who has the room up to a place: the commits since are enough.
    private func resume(_ connection: Connection, from place: LogPlace) {
        channels.readLog(of: room, after: place) { [weak self] page in
            guard let self, connections[connection.id] != nil else { return }
            switch page {
            // Nothing follows where its place was kept: a join is no commit then.
            case .success(.follows(let batch)):
                welcome(connection, snapshot: nil, commits: batch, at: batch?.place ?? place)
            // The browser has what the log lost in a failure: it gets the room as it is.
            case .success(.cut): enter(connection)
            case .failure: refuse(connection, .unavailable)
            }
        }
    }

    private func enter(_ connection: Connection) {
        channels.load(room) { [weak self] result in
            guard let self, connections[connection.id] != nil else { return }
            switch result {
            case .success(let loaded):
                welcome(
                    connection,
                    snapshot: loaded.snapshot,
                    commits: loaded.tail,
                    at: loaded.place
                )
            case .failure(.unknownRoom): refuse(connection, .unknownSession)
            case .failure(.unavailable): refuse(connection, .unavailable)
            }
        }
    }

    private func welcome(
        _ connection: Connection,
        snapshot: ByteBuffer?,
        commits: CommitBatch?,
        at place: LogPlace
    ) {
        withNotes(for: connection) { notes in
            self.welcome(
                connection,
                snapshot: snapshot,
                commits: commits,
                notes: notes,
                at: place
            )
        }
    }

    private func welcome(
        _ connection: Connection,
        snapshot: ByteBuffer?,
        commits: CommitBatch?,
        notes: RoomNotes?,
        at place: LogPlace
    ) {
        let welcome = Welcome(
            introduction: introduction(of: connection),
            epoch: feed.epoch,
            snapshot: snapshot,
            commits: commits,
            notes: notes,
            place: place
        )
        connection.accept()
        logger.info(
            "connection was welcomed",
            metadata: connection.about.merging([
                "revision": "\(place.revision.rawValue)", "resumed": "\(snapshot == nil)",
            ]) { $1 }
        )
        metrics.joins.increment(snapshot == nil ? .resumed : .new)
        connection.send(welcome.packet())
        connection.entered(at: place, newest: feed.revision)
    }

    func introduction(of connection: Connection) -> Introduction {
        Introduction(
            room: room.room,
            participant: connection.participant,
            key: signer.key(room: room.room, participant: connection.participant),
            role: connection.role
        )
    }
}
