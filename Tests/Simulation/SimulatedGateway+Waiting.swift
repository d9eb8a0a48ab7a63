import Gateway
import RoomModel
import WireFormat

/// Those who wait to be let in, as in `RoomAudience+Waiting`.
extension SimulatedGateway {
    private var waiting: [Seat] { sortedSeats.filter { $0.arrival.isWaiting } }

    func held(_ id: ConnectionID) {
        guard let seat = seats[id], seat.arrival.held() else { return }
        if lobby != nil { showLobby(to: [seat]) } else { openLobby() }
    }

    func followInLobby(_ batch: CommitBatch) {
        switch lobby?.follow(batch) {
        case .changed: showLobby(to: waiting)
        case .lost: openLobby()
        case .same, nil: break
        }
    }

    private func openLobby() {
        lobby = nil
        let delivered = feed.revision
        cluster.ask(name) {
            $0.room
        } then: { [weak self] room in
            guard let self else { return }
            guard let room = room ?? nil else {
                for seat in waiting { drop(seat.sender.connection) }
                return
            }
            let lobby = Lobby(room)
            guard feed.revision == delivered || feed.revision <= lobby.revision else {
                return openLobby()
            }
            self.lobby = lobby
            showLobby(to: waiting)
        }
    }

    private func showLobby(to seats: [Seat]) {
        guard let lobby, !waiting.isEmpty else {
            self.lobby = nil
            return
        }
        for seat in seats {
            guard !lobby.ended else {
                drop(seat.sender.connection)
                continue
            }
            seat.isAccepted = true
            toBrowser(seat) { $0.held() }
        }
    }
}
