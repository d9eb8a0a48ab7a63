import Gateway
import NIOCore
import RoomModel
import WireFormat

/// A gateway process with one room: its feed, watch and cursors, with pipes in the place of Redis and
/// sockets.
///
/// Its files stand beside those of `RoomAudience`, whose part it takes here.
final class SimulatedGateway {
    let name: String
    /// When it has to be gone, if it was told to stop.
    private(set) var stopsAt: Int?
    private(set) var seats: [ConnectionID: Seat] = [:]
    var feed = RoomFeed()
    var watch = OwnerWatch()
    var lobby: Lobby?
    var notes = NotesFeed()
    unowned let cluster: Cluster

    init(name: String, cluster: Cluster) {
        self.name = name
        self.cluster = cluster
    }

    var isEmpty: Bool { seats.isEmpty }

    // MARK: From the owner

    func received(_ bytes: ByteBuffer) throws {
        guard let message = try Future.passingOver(bytes, RoomMessage.init) else { return }
        if message.isOwnersAnswer { watch.heard() }
        switch message {
        case .commits(let batch): carryOut(feed.received(batch))
        case .epoch(let epoch): ownerChanged(epoch)
        case .rejected(let participant, let body):
            for seat in sortedSeats where seat.sender.participant == participant {
                toBrowser(seat) { try $0.rejected(body) }
            }
        case .admitted(let id): admitted(id)
        case .held(let id): held(id)
        case .refused(let id, let rejection): refused(id, rejection)
        case .evicted(let id): drop(id)
        case .head(let revision): carryOut(feed.received(head: revision))
        case .notes(let count, let id, let body): noteWritten(body, count: count, id: id)
        case .presence, .pulse, .deleted: break
        }
    }

    // MARK: Seats

    /// In one order whatever the dictionary thinks, so that a seed always runs alike.
    var sortedSeats: [Seat] {
        seats.values.sorted { $0.sender.connection.rawValue < $1.sender.connection.rawValue }
    }

    func connect(_ seat: Seat) {
        seats[seat.sender.connection] = seat
        if feed.isStarted { ask(seat) }
    }

    func disconnected(_ id: ConnectionID) {
        guard let seat = seats.removeValue(forKey: id) else { return }
        if feed.isStarted { cluster.propose(name, .leave(seat.sender, .lost)) }
    }

    func propose(_ event: ProposalEvent, _ body: ByteBuffer, from id: ConnectionID) {
        guard let seat = seats[id], seat.isAccepted, feed.isCertain else { return }
        watch.asked(at: cluster.now)
        cluster.propose(name, .proposal(event, seat.sender, body: body))
    }

    func write(_ note: ByteBuffer, from id: ConnectionID) {
        guard let seat = seats[id], seat.isAccepted, feed.isCertain else { return }
        watch.asked(at: cluster.now)
        cluster.propose(name, .note(seat.sender, body: note))
    }

    /// Sends everybody away, and serves them until they have gone.
    func stop() {
        stopsAt = cluster.now + 8_000
        for seat in sortedSeats { toBrowser(seat) { $0.connectionEnded() } }
    }

    func tick() {
        for seat in sortedSeats where seat.cursor == nil {
            switch seat.arrival.tick(at: cluster.now) {
            case .ask: if feed.isStarted { ask(seat) }
            case .giveUp: drop(seat.sender.connection)
            case .wait: break
            }
        }
        switch watch.tick(at: cluster.now) {
        case .look: cluster.offerIfOrphaned(name)
        case .offer: cluster.offer(name)
        case .wait: break
        }
    }

    func drop(_ id: ConnectionID) {
        guard let seat = seats.removeValue(forKey: id) else { return }
        toBrowser(seat) { $0.connectionEnded() }
        if feed.isStarted { cluster.propose(name, .leave(seat.sender, .closed)) }
    }

    func toBrowser(_ seat: Seat, _ delivery: @escaping (SimulatedBrowser) throws -> Void) {
        let id = seat.sender.connection
        cluster.network.send(name, "to \(id.rawValue)") { [weak browser = seat.browser] in
            if let browser, browser.connection == id { try delivery(browser) }
        }
    }
}
