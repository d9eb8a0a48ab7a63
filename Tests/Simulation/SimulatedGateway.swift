import Coordination
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
        let resumed: LogPlace?
        weak var browser: SimulatedBrowser?
        var arrival: Arrival
        var cursor: DeliveryCursor?
        /// Told to wait, or welcomed.
        var isAccepted = false

        init(
            _ sender: OwnerMessage.Sender,
            resumed: LogPlace?,
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
    /// When it has to be gone, if it was told to stop.
    private(set) var stopsAt: Int?
    private var feed = RoomFeed()
    private var watch = OwnerWatch()
    private var seats: [ConnectionID: Seat] = [:]
    private var lobby: Lobby?
    private var notes = NotesFeed()
    private var refreshedAt: Int
    private unowned let cluster: Cluster

    init(name: String, cluster: Cluster) {
        self.name = name
        self.cluster = cluster
        refreshedAt = cluster.now
    }

    var isEmpty: Bool { seats.isEmpty }

    // MARK: Following

    /// Subscribed, for the first time or again: what was published before may have been missed.
    func listening() {
        cluster.gatewaysListening.insert(name)
        carryOut(feed.subscribed())
        if notes.mayHaveMissed(hasReaders: !readers.isEmpty) == .read { readNotes() }
        if feed.isStarted { sayWhomWeHold() } else { start() }
    }

    func interrupted() { feed.interrupted() }

    private func start() {
        cluster.ask(name) {
            ($0.epoch, $0.place)
        } then: { [weak self] head in
            guard let self else { return }
            guard let (epoch, place) = head else { return start() }
            carryOut(feed.started(at: place, epoch: epoch))
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
        case .held(let id): held(id)
        case .refused(let id, let rejection): refused(id, rejection)
        case .evicted(let id):
            watch.heard()
            drop(id)
        case .head(let revision):
            watch.heard()
            carryOut(feed.received(head: revision))
        case .notes(let count, let id, let body):
            watch.heard()
            noteWritten(body, count: count, id: id)
        case .presence, .pulse, .deleted: break
        }
    }

    private func carryOut(_ action: RoomFeed.Action) {
        switch action {
        case .deliver(let batch):
            for seat in sortedSeats { deliver(batch, to: seat) }
            followInLobby(batch)
        case .readLog(let place): readLog(after: place)
        case .startOver:
            feed = RoomFeed()
            lobby = nil
            for seat in sortedSeats where seat.isAccepted { drop(seat.sender.connection) }
            start()
        case .wait: break
        }
    }

    private func readLog(after place: LogPlace) {
        cluster.ask(name) {
            $0.page(after: place)
        } then: { [weak self] page in
            guard let self else { return }
            let wasCertain = feed.isCertain
            if let page {
                for action in feed.read(page) { carryOut(action) }
            } else {
                feed.readFailed()
            }
            if feed.isCertain, !wasCertain { askForProposals() }
        }
    }

    private func ownerChanged(_ epoch: Epoch) {
        guard feed.received(epoch) else { return }
        watch.heard()
        carryOut(feed.mayHaveMissed())
        sayWhomWeHold()
        askForProposals()
    }

    private func askForProposals() {
        for seat in sortedSeats {
            if seat.cursor == nil { ask(seat) } else { toBrowser(seat) { $0.sendAgain() } }
        }
    }

    private func sayWhomWeHold() {
        guard !seats.isEmpty else { return }
        cluster.propose(name, .holding(gateway: name, sortedSeats.map(\.sender)))
    }

    /// As twice a minute, and when Redis is back after it was away.
    func refresh() {
        refreshedAt = cluster.now
        sayWhomWeHold()
        carryOut(feed.retry())
        if notes.retry(hasReaders: !readers.isEmpty) == .read { readNotes() }
        for seat in sortedSeats { decide(seat, seat.cursor?.catchUp(to: feed.revision)) }
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

    private func ask(_ seat: Seat) {
        guard seat.arrival.asks(at: cluster.now) else { return }
        cluster.propose(name, .join(seat.sender, name: "N"))
    }

    private func drop(_ id: ConnectionID) {
        guard let seat = seats.removeValue(forKey: id) else { return }
        toBrowser(seat) { $0.connectionEnded() }
        if feed.isStarted { cluster.propose(name, .leave(seat.sender, .closed)) }
    }

    private func refused(_ id: ConnectionID, _ rejection: Rejection) {
        guard let seat = seats[id], seat.cursor == nil else { return }
        toBrowser(seat) { try $0.refused(rejection) }
        drop(id)
    }

    private func admitted(_ id: ConnectionID) {
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

    // MARK: Waiting

    private var waiting: [Seat] { sortedSeats.filter { $0.arrival.isWaiting } }

    private func held(_ id: ConnectionID) {
        guard let seat = seats[id], seat.arrival.held() else { return }
        if lobby != nil { showLobby(to: [seat]) } else { openLobby() }
    }

    private func followInLobby(_ batch: CommitBatch) {
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

    // MARK: Notes

    private var readers: [Seat] {
        sortedSeats.filter { $0.sender.role.hasNotes && $0.cursor != nil }
    }

    private func noteWritten(_ json: ByteBuffer, count: Int, id: String) {
        switch notes.received(count: count, of: id, hasReaders: !readers.isEmpty) {
        case .deliver: deliverNotes(json)
        case .read: readNotes()
        case .skip: break
        }
    }

    private func withNotes(for seat: Seat, _ welcome: @escaping (RoomNotes?) -> Void) {
        guard seat.sender.role.hasNotes else { return welcome(nil) }
        cluster.ask(name) {
            $0.allNotes
        } then: { [weak self] read in
            guard let self else { return }
            guard let read else { return drop(seat.sender.connection) }
            guard notes.isCurrent(read) else { return withNotes(for: seat, welcome) }
            notes.began(with: read)
            welcome(read)
        }
    }

    private func readNotes() {
        cluster.ask(name) {
            $0.allNotes
        } then: { [weak self] read in
            guard let self else { return }
            let (action, gone) = notes.read(read)
            switch action {
            case .deliver: deliverNotes(read?.argument(gone: gone) ?? ByteBuffer())
            case .read: readNotes()
            case .skip: break
            }
        }
    }

    private func deliverNotes(_ json: ByteBuffer) {
        for seat in readers { toBrowser(seat) { try $0.noted(json) } }
    }

    private func deliver(_ batch: CommitBatch, to seat: Seat) {
        let decision = seat.cursor?.decide(about: batch)
        decide(seat, decision == .whole ? .part(batch) : decision)
    }

    private func decide(_ seat: Seat, _ decision: DeliveryCursor.Decision?) {
        switch decision {
        case .part(let batch): toBrowser(seat) { try $0.received(batch.commits()) }
        case .readLog(let place):
            cluster.ask(name) {
                $0.page(after: place)
            } then: { [weak self] page in
                guard let self else { return }
                decide(seat, seat.cursor?.read(page))
                if page != nil { decide(seat, seat.cursor?.catchUp(to: feed.revision)) }
            }
        case .startOver: drop(seat.sender.connection)
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
