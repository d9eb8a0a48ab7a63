import Gateway
import NIOCore
import RoomModel
import WireFormat

/// A gateway process with one room: its feed, watch and cursors, with pipes in the place of Redis and
/// sockets.
final class SimulatedGateway {
    /// One browser's connection, as `Connection` keeps it.
    final class Seat {
        let sender: OwnerMessage.Sender
        let resumed: Revision?
        weak var browser: SimulatedBrowser?
        var arrival: Arrival
        var cursor: DeliveryCursor?

        init(
            _ sender: OwnerMessage.Sender,
            resumed: Revision?,
            browser: SimulatedBrowser,
            at now: Int
        ) {
            self.sender = sender
            self.resumed = resumed
            self.browser = browser
            arrival = Arrival(at: now)
        }
    }

    let name: String
    private var feed = RoomFeed()
    private var watch = OwnerWatch()
    private var seats: [ConnectionID: Seat] = [:]
    private unowned let cluster: Cluster

    init(name: String, cluster: Cluster) {
        self.name = name
        self.cluster = cluster
    }

    // MARK: Following

    /// Subscribed, for the first time or again: what was published before may have been missed.
    func listening() {
        cluster.gatewaysListening.insert(name)
        if feed.isStarted {
            carryOut(feed.mayHaveMissed())
            sayWhomWeHold()
            if watch.isWaiting { askAgain() }
            return
        }
        cluster.ask(name) {
            ($0.epoch, $0.revision)
        } then: { [weak self] epoch, revision in
            guard let self else { return }
            carryOut(feed.started(at: revision, epoch: epoch))
            for seat in sortedSeats { ask(seat) }
        }
    }

    func received(_ message: RoomMessage) throws {
        switch message {
        case .commits(let batch):
            watch.heard()
            carryOut(feed.received(batch))
        case .epoch(let epoch): ownerChanged(epoch)
        case .rejected(let participant, let body):
            watch.heard()
            for seat in sortedSeats where seat.sender.participant == participant {
                toBrowser(seat) { try $0.rejected(body) }
            }
        case .admitted(let id): admitted(id)
        case .refused(let id, _): drop(id)
        case .evicted(let id): drop(id)
        case .presence, .deleted: break
        }
    }

    private func carryOut(_ action: RoomFeed.Action) {
        switch action {
        case .deliver(let batch): for seat in sortedSeats { deliver(batch, to: seat) }
        case .readLog(let revision):
            cluster.ask(name) {
                $0.page(after: revision)
            } then: { [weak self] page in
                guard let self else { return }
                for action in feed.read(page) { carryOut(action) }
            }
        case .wait: break
        }
    }

    private func ownerChanged(_ epoch: Epoch) {
        guard feed.received(epoch) else { return }
        watch.heard()
        carryOut(feed.mayHaveMissed())
        sayWhomWeHold()
        askAgain()
    }

    private func askAgain() {
        for seat in sortedSeats {
            if seat.cursor == nil { ask(seat) } else { toBrowser(seat) { $0.sendAgain() } }
        }
    }

    private func sayWhomWeHold() {
        guard !seats.isEmpty else { return }
        cluster.propose(name, .holding(gateway: name, sortedSeats.map(\.sender)))
    }

    // MARK: Seats

    /// In one order whatever the dictionary thinks, so that a seed always runs alike.
    private var sortedSeats: [Seat] {
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
        guard let seat = seats[id], seat.cursor != nil else { return }
        watch.asked(at: cluster.now)
        cluster.propose(name, .proposal(event, seat.sender, body: body))
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

    private func ask(_ seat: Seat) {
        guard seat.arrival.asks(at: cluster.now) else { return }
        cluster.propose(name, .join(seat.sender, name: "N"))
    }

    private func drop(_ id: ConnectionID) {
        guard let seat = seats.removeValue(forKey: id) else { return }
        toBrowser(seat) { $0.connectionEnded() }
        if feed.isStarted { cluster.propose(name, .leave(seat.sender, .closed)) }
    }

    private func admitted(_ id: ConnectionID) {
        guard let seat = seats[id], seat.arrival.admitted() else { return }
        if let revision = seat.resumed {
            cluster.ask(name) {
                $0.page(after: revision)
            } then: { [weak self] page in
                guard let page else { return }
                self?.welcome(seat, snapshot: nil, page, at: page.last)
            }
        } else {
            cluster.ask(name) {
                ($0.snapshot, $0.page(after: $0.snapshot.revision), $0.revision)
            } then: {
                [weak self] snapshot, page, revision in
                self?.welcome(seat, snapshot: snapshot, page, at: revision)
            }
        }
    }

    private func welcome(
        _ seat: Seat,
        snapshot: Snapshot?,
        _ tail: CommitBatch?,
        at revision: Revision
    ) {
        guard seats[seat.sender.connection] === seat else { return }
        toBrowser(seat) { try $0.welcomed(snapshot, tail?.commits() ?? []) }
        seat.cursor = DeliveryCursor(at: revision)
        decide(seat, seat.cursor?.catchUp(to: feed.revision))
    }

    private func deliver(_ batch: CommitBatch, to seat: Seat) {
        let decision = seat.cursor?.decide(about: batch)
        decide(seat, decision == .whole ? .part(batch) : decision)
    }

    private func decide(_ seat: Seat, _ decision: DeliveryCursor.Decision?) {
        switch decision {
        case .part(let batch): toBrowser(seat) { try $0.received(batch.commits()) }
        case .readLog(let revision):
            cluster.ask(name) {
                $0.page(after: revision)
            } then: { [weak self] page in
                guard let self else { return }
                decide(seat, seat.cursor?.read(page))
                decide(seat, seat.cursor?.catchUp(to: feed.revision))
            }
        case .whole, .skip, nil: break
        }
    }

    private func toBrowser(_ seat: Seat, _ delivery: @escaping (SimulatedBrowser) throws -> Void) {
        let id = seat.sender.connection
        cluster.network.send(name, "to \(id.rawValue)") { [weak browser = seat.browser] in
            if let browser, browser.connection == id { try delivery(browser) }
        }
    }
}
