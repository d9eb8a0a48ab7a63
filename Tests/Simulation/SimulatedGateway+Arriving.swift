import Coordination
import Gateway
import RoomModel
import WireFormat

/// The way into the room, as in `RoomAudience+Arriving`.
extension SimulatedGateway {
    func ask(_ seat: Seat) {
        guard seat.arrival.asks(at: cluster.now) else { return }
        cluster.propose(name, .join(seat.sender, name: "N"))
    }

    func refused(_ id: ConnectionID, _ rejection: Rejection) {
        guard let seat = seats[id], seat.cursor == nil else { return }
        toBrowser(seat) { try $0.refused(rejection) }
        drop(id)
    }

    func admitted(_ id: ConnectionID) {
        guard let seat = seats[id], seat.arrival.admitted(at: cluster.now) else { return }
        guard let place = seat.resumed else { return enter(seat) }
        cluster.ask(name) {
            $0.page(after: place)
        } then: { [weak self] page in
            guard let self else { return }
            switch page {
            case .follows(let batch):
                welcome(seat, snapshot: nil, batch, at: batch?.place ?? place)
            case .cut: enter(seat)
            case nil: drop(id)
            }
        }
    }

    private func enter(_ seat: Seat) {
        cluster.ask(name) {
            ($0.snapshot, $0.page(after: LogPlace($0.snapshot.revision, at: nil)), $0.place)
        } then: { [weak self] loaded in
            guard let self else { return }
            guard case (let snapshot, .follows(let tail), let place)? = loaded else {
                return drop(seat.sender.connection)
            }
            welcome(seat, snapshot: snapshot, tail, at: place)
        }
    }

    private func welcome(
        _ seat: Seat,
        snapshot: Snapshot?,
        _ tail: CommitBatch?,
        at place: LogPlace
    ) {
        withNotes(for: seat) { [weak self] notes in
            self?.welcome(seat, snapshot: snapshot, tail, notes, at: place)
        }
    }

    private func welcome(
        _ seat: Seat,
        snapshot: Snapshot?,
        _ tail: CommitBatch?,
        _ notes: RoomNotes?,
        at place: LogPlace
    ) {
        guard seats[seat.sender.connection] === seat else { return }
        toBrowser(seat) {
            if let notes { try $0.begin(with: notes.argument()) }
            try $0.welcomed(snapshot, tail?.commits() ?? [], at: place.at)
        }
        seat.isAccepted = true
        seat.cursor = DeliveryCursor(at: place)
        decide(seat, seat.cursor?.catchUp(to: feed.revision))
    }
}
