import Gateway
import RoomModel
import WireFormat

/// The room's channel and its log, as `RoomAudience+Following` puts them together.
extension SimulatedGateway {
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

    func carryOut(_ action: RoomFeed.Action) {
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

    func ownerChanged(_ epoch: Epoch) {
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
        sayWhomWeHold()
        carryOut(feed.retry())
        if notes.retry(hasReaders: !readers.isEmpty) == .read { readNotes() }
        for seat in sortedSeats { decide(seat, seat.cursor?.catchUp(to: feed.revision)) }
    }

    // MARK: One browser

    private func deliver(_ batch: CommitBatch, to seat: Seat) {
        let decision = seat.cursor?.decide(about: batch)
        decide(seat, decision == .whole ? .part(batch) : decision)
    }

    func decide(_ seat: Seat, _ decision: DeliveryCursor.Decision?) {
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
}
