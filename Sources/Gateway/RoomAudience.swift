// Hot path 6 of 6: frames the commits once and queues the same bytes to every connection.

import Coordination
import CoreMetrics
import EventLoopIsolation
import Logging
import NIOCore
import RoomModel
import SocketIO
import SocketIOServer
import WireFormat

/// Everybody this gateway holds in one room: follows the room for them, and speaks for them.
@LoopActor
final class RoomAudience {
    let room: RoomKeys
    let channels: RoomChannels
    let signer: Signer
    let clock: ProcessClock
    let metrics: GatewayMetrics
    let logger: Logger
    private(set) var feed = RoomFeed()
    private(set) var connections: [ConnectionID: Connection] = [:]
    /// What those who wait are shown; nil where nobody waits.
    var lobby: Lobby?
    var notes = NotesFeed()
    private var watch = OwnerWatch()
    private var proposals: RateLimit
    private var proposalBytes: RateLimit
    /// Told when something here needs a look again soon: a join under way, an owner to be watched.
    private let onRestless: @LoopActor (RoomAudience) -> Void
    /// Told when nobody is left.
    private let onEmpty: @LoopActor (RoomAudience) -> Void
    private var isRestless = false
    private var timed: TimedProposal?

    init(
        _ room: RoomKeys,
        channels: RoomChannels,
        signer: Signer,
        clock: ProcessClock,
        metrics: GatewayMetrics,
        logger: Logger,
        onRestless: @escaping @LoopActor (RoomAudience) -> Void,
        onEmpty: @escaping @LoopActor (RoomAudience) -> Void
    ) {
        self.room = room
        self.channels = channels
        self.signer = signer
        self.clock = clock
        self.metrics = metrics
        self.logger = logger
        self.onRestless = onRestless
        self.onEmpty = onEmpty
        let now = clock.uptimeMilliseconds()
        proposals = RateLimit(
            perSecond: Limits.Room.proposalsPerSecond,
            burst: Limits.Room.proposalsBurst,
            at: now
        )
        proposalBytes = RateLimit(
            perSecond: Limits.Room.proposalBytesPerSecond,
            burst: Limits.Room.proposalBytesBurst,
            at: now
        )
    }

    // MARK: To the owner

    /// Whether the room as a whole may bring one more proposal, so that other rooms have their owner too.
    func allows(_ bytes: Int, at now: Int) -> Bool {
        proposals.allows(at: now) && proposalBytes.allows(bytes, at: now)
    }

    /// Passes a proposal on.
    ///
    /// Not while the channel is interrupted, behind which Redis may have lost the revision that the
    /// proposal was made at and given it out again; browsers are asked once that is known.
    func propose(_ message: OwnerMessage, at now: Int) {
        guard feed.isCertain else { return }
        watch.asked(at: now)
        becameRestless()
        if time(message, at: now) {
            channels.propose(message, to: room)
        } else {
            channels.pass(message, to: room)
        }
    }

    func present(_ body: ByteBuffer, by participant: ParticipantID) {
        channels.present(.presence(by: participant, body: body), in: room)
    }

    func pulse(_ body: ByteBuffer, by participant: ParticipantID) {
        channels.present(.pulse(by: participant, body: body), in: room)
    }

    // MARK: From the owner

    func received(_ message: RoomMessage) {
        switch message {
        case .commits(let batch):
            watch.heard()
            carryOut(feed.received(batch))
        case .presence(let by, let body): show("presence", body, by: by)
        case .pulse(let by, let body): show("pulse", body, by: by)
        case .notes(let count, let id, let body):
            watch.heard()
            noteWritten(body, count: count, id: id)
        case .epoch(let epoch): ownerChanged(epoch)
        case .rejected(let participant, let body):
            watch.heard()
            if timed?.participant == participant { timed = nil }
            let packet = PreparedPacket.event("rejected", argumentsJSON: body)
            for connection in connections.values where connection.participant == participant {
                connection.send(packet)
            }
        case .admitted(let id): admitted(id)
        case .held(let id): held(id)
        case .refused(let id, let rejection): refused(id, rejection)
        case .evicted(let id):
            watch.heard()
            connections[id]?.socket.disconnect()
        case .head(let revision):
            watch.heard()
            carryOut(feed.received(head: revision))
        case .deleted: end()
        }
    }

    private func carryOut(_ action: RoomFeed.Action) {
        switch action {
        case .deliver(let batch): deliver(batch)
        case .readLog(let place): readLog(after: place)
        case .startOver: startOver()
        case .wait: break
        }
    }

    private func deliver(_ batch: CommitBatch) {
        let packet = PreparedPacket.event("commits", argumentsJSON: batch.json)
        for connection in connections.values { connection.deliver(batch, packet) }
        if lobby != nil { followInLobby(batch) }
        measure(batch)
    }

    // MARK: Measuring

    /// Whether this is one of the few whose way is timed, here and to Redis.
    private func time(_ message: OwnerMessage, at now: Int) -> Bool {
        guard timed == nil, case .proposal(_, let sender, _) = message,
            metrics.sampler.takes(at: now)
        else { return false }
        timed = TimedProposal(by: sender.participant, at: .now())
        return true
    }

    private func measure(_ batch: CommitBatch) {
        metrics.commits.increment(by: batch.lengths.count)
        metrics.receivers.record(connections.count)
        guard let answered = timed, answered.isAnswered(by: batch) else { return }
        timed = nil
        metrics.delivery.recordNanoseconds(answered.nanoseconds(until: .now()))
    }

    private func show(_ event: String, _ body: ByteBuffer, by participant: ParticipantID) {
        let packet = PreparedPacket.event(event, argumentsJSON: body)
        for connection in connections.values where connection.participant != participant {
            connection.present(packet)
        }
    }

    /// A new owner knows nobody: it is told whom we hold, browsers send again what is in flight.
    private func ownerChanged(_ epoch: Epoch) {
        guard feed.received(epoch) else { return }
        watch.heard()
        // The last thing an earlier owner published may be what was lost: no gap would ever show it.
        carryOut(feed.mayHaveMissed())
        sayWhomWeHold()
        askForProposals()
    }

    /// Browsers answer an epoch by sending again what is in flight.
    private func askForProposals() {
        let epoch = #"{"epoch":\#(feed.epoch.rawValue)}"#
        let packet = PreparedPacket.event("epoch", argumentsJSON: ByteBuffer(string: epoch))
        for connection in connections.values {
            if connection.arrival == nil { connection.send(packet) } else { ask(connection) }
        }
    }

    /// Redis was away: who waits for an answer may wait for one that was lost, or was never asked.
    func redisReturned() {
        if watch.isWaiting, feed.isCertain { askForProposals() }
    }

    // MARK: Following

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

    func sayWhomWeHold() {
        let senders = connections.values.map(\.sender)
        guard let gateway = senders.first?.connection.gateway else { return }
        channels.propose(.holding(gateway: gateway, senders), to: room)
    }

    // MARK: Coming and going

    func add(_ connection: Connection) {
        connections[connection.id] = connection
        connection.audience = self
        becameRestless()
        if feed.isStarted { ask(connection) }
    }

    /// Takes a connection out that was closed or refused.
    func remove(_ connection: Connection, because reason: LeaveReason) {
        guard connections.removeValue(forKey: connection.id) != nil else { return }
        connection.audience = nil
        if timed?.participant == connection.participant { timed = nil }
        // Even a join that was never answered may have been committed.
        if feed.isStarted { channels.propose(.leave(connection.sender, reason), to: room) }
        if connections.isEmpty { onEmpty(self) }
    }

    func stopFollowing() { channels.stopFollowing(room) }

    /// The room is gone: its connections are told, and closed.
    private func end() {
        for connection in connections.values {
            if connection.isAccepted {
                connection.socket.disconnect()
            } else {
                refuse(connection, .unknownSession)
            }
        }
    }

    // MARK: Time

    func becameRestless() {
        guard !isRestless else { return }
        isRestless = true
        onRestless(self)
    }

    /// Looks after what is under way; false when nothing is, until `onRestless`.
    func tick(at now: Int) -> Bool {
        isRestless = watch.isWaiting
        for connection in connections.values {
            tickArrival(of: connection, at: now)
            if connection.arrival != nil || !connection.passOnPresence(at: now) {
                isRestless = true
            }
        }
        switch watch.tick(at: now) {
        case .look: channels.offerIfOrphaned(room)
        case .offer:
            metrics.silentOwners.increment()
            logger.info("owner was silent", metadata: ["room": "\(room.room.rawValue)"])
            channels.offer(room.room)
        case .wait: break
        }
        return isRestless
    }
}
