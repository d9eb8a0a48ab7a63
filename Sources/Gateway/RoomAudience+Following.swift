import Coordination
import CoreMetrics
import EventLoopIsolation
import Logging
import RoomModel
import SocketIOServer
import WireFormat

/// The room's channel and its log, which `feed` puts together.
extension RoomAudience {
    /// Begins to follow the room.
    ///
    /// The channel first, the room's state after it: a commit between the two would be lost.
    func follow() {
        channels.follow(room) { [weak self] event in
            guard let self else { return }
            switch event {
            case .listening: listening()
            case .message(let message): received(message)
            case .interrupted: feed.interrupted()
            case .refused: end()
            }
        }
    }

    func stopFollowing() { channels.stopFollowing(room) }

    private func listening() {
        carryOut(feed.subscribed())
        notesMayHaveBeenMissed()
        if feed.isStarted { sayWhomWeHold() } else { start() }
    }

    private func start() {
        channels.head(of: room) { [weak self] head in
            guard let self else { return }
            switch head {
            case .success((let epoch, let place)):
                carryOut(feed.started(at: place, epoch: epoch))
                for connection in connections.values { ask(connection) }
            case .failure(.unknownRoom): refuseAll(.unknownSession)
            case .failure(.unavailable): refuseAll(.unavailable)
            }
        }
    }

    func carryOut(_ action: RoomFeed.Action) {
        switch action {
        case .deliver(let batch): deliver(batch)
        case .readLog(let place): readLog(after: place)
        case .startOver: startOver()
        case .wait: break
        }
    }

    /// A new owner knows nobody: it is told whom we hold, browsers send again what is in flight.
    func ownerChanged(_ epoch: Epoch) {
        guard feed.received(epoch) else { return }
        watch.heard()
        // The last thing an earlier owner published may be what was lost: no gap would ever show it.
        carryOut(feed.mayHaveMissed())
        sayWhomWeHold()
        askForProposals()
    }

    /// The log lost its end: who has more than it holds comes back, and gets the room as it is.
    private func startOver() {
        logger.warning("log was cut", metadata: ["room": "\(room.room.rawValue)"])
        feed = RoomFeed()
        lobby = nil
        for connection in connections.values where connection.isAccepted {
            connection.socket.close()
        }
        start()
    }

    // MARK: The log

    private func readLog(after place: LogPlace) {
        channels.readLog(of: room, after: place) { [weak self] page in
            guard let self else { return }
            let wasCertain = feed.isCertain
            switch page {
            case .success(let page):
                metrics.gapsFilled.increment()
                for action in feed.read(page) { carryOut(action) }
            case .failure: feed.readFailed()
            }
            if feed.isCertain, !wasCertain { askForProposals() }
        }
    }

    func readLog(for connection: Connection, after place: LogPlace) {
        channels.readLog(of: room, after: place) { [weak self, weak connection] page in
            guard let self else { return }
            connection?.read(try? page.get(), newest: feed.revision)
        }
    }

    /// Reads what could not be read before, for the room and for each connection.
    func retryReads() {
        carryOut(feed.retry())
        retryNotes()
        for connection in connections.values { connection.catchUp(to: feed.revision) }
    }
}
