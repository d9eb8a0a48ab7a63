import Coordination
import EventLoopIsolation
import RoomModel
import WireFormat

/// Those who wait to be let in: each is shown who is there, and nothing of the room.
extension RoomAudience {
    /// The owner holds the connection back until an interviewer lets its participant in.
    func held(_ id: ConnectionID) {
        guard let connection = connections[id], connection.arrival?.held() == true else { return }
        if lobby != nil { showLobby(to: [connection]) } else { openLobby() }
    }

    /// Follows the room for those who wait; costs nothing where nobody does.
    func followInLobby(_ batch: CommitBatch) {
        guard let outcome = lobby?.follow(batch) else { return }
        switch outcome {
        case .changed: showLobby(to: waiting)
        case .lost: openLobby()
        case .same: break
        }
    }

    private var waiting: [Connection] {
        connections.values.filter { $0.arrival?.isWaiting == true }
    }

    private func openLobby() {
        lobby = nil
        let delivered = feed.revision
        channels.load(room) { [weak self] result in
            guard let self else { return }
            do {
                let lobby = Lobby(try result.get().room())
                // What was delivered meanwhile may not be in it, and will not be delivered again.
                guard feed.revision == delivered || feed.revision <= lobby.revision else {
                    return openLobby()
                }
                self.lobby = lobby
                showLobby(to: waiting)
            } catch {
                for connection in waiting { refuse(connection, .unavailable) }
            }
        }
    }

    private func showLobby(to connections: [Connection]) {
        // Opened again for whoever comes next.
        guard let lobby, !waiting.isEmpty else {
            self.lobby = nil
            return
        }
        for connection in connections {
            if lobby.ended {
                refuse(connection, .sessionEnded)
            } else {
                show(lobby, to: connection)
            }
        }
    }

    private func show(_ lobby: Lobby, to connection: Connection) {
        let event = WaitingEvent(introduction: introduction(of: connection), lobby: lobby)
        connection.accept()
        connection.send(event.packet())
    }
}
