// Hot path 6 of 6: frames the commits once and queues the same bytes to every connection.

import Coordination
import CoreMetrics
import EventLoopIsolation
import Logging
import NIOCore
import RoomModel
import SocketIO
import SocketIOServer
import TraceLines
import Tracing
import WireFormat

/// Everybody this gateway holds in one room: follows the room for them, and speaks for them.
///
/// What decides is in `feed`, `watch`, `lobby`, `notes`, and in each connection's `arrival` and
/// `cursor`. The extensions carry it out, each one subject: `+Following`, `+Proposing`, `+Arriving`,
/// `+Waiting`, `+Notes`.
@LoopActor
final class RoomAudience {
    let room: RoomKeys
    let channels: RoomChannels
    let signer: Signer
    let clock: ProcessClock
    let metrics: GatewayMetrics
    /// Nil where nothing is traced.
    let spans: SpanSource?
    let logger: Logger
    private(set) var connections: [ConnectionID: Connection] = [:]
    var feed = RoomFeed()
    var watch = OwnerWatch()
    var rates: ProposalRates
    var timer = DeliveryTimer()
    /// What those who wait are shown; nil where nobody waits.
    var lobby: Lobby?
    var notes = NotesFeed()
    /// Told when something here needs a look again soon: a join under way, an owner to be watched.
    private let onRestless: @LoopActor (RoomAudience) -> Void
    /// Told when nobody is left.
    private let onEmpty: @LoopActor (RoomAudience) -> Void
    private var isRestless = false

    init(
        _ room: RoomKeys,
        channels: RoomChannels,
        signer: Signer,
        clock: ProcessClock,
        metrics: GatewayMetrics,
        spans: SpanSource?,
        logger: Logger,
        onRestless: @escaping @LoopActor (RoomAudience) -> Void,
        onEmpty: @escaping @LoopActor (RoomAudience) -> Void
    ) {
        self.room = room
        self.channels = channels
        self.signer = signer
        self.clock = clock
        self.metrics = metrics
        self.spans = spans
        self.logger = logger
        self.onRestless = onRestless
        self.onEmpty = onEmpty
        rates = .room(at: clock.uptimeMilliseconds())
    }

    // MARK: From the owner

    func deliver(_ batch: CommitBatch) {
        let span = batch.trace.flatMap { beginDelivery(of: batch, $0) }
        defer { span?.end() }
        let packet = PreparedPacket.event("commits", argumentsJSON: batch.json)
        for connection in connections.values { connection.deliver(batch, packet) }
        if lobby != nil { followInLobby(batch) }
        measure(batch)
    }

    func received(_ message: RoomMessage) {
        if message.isOwnersAnswer { watch.heard() }
        switch message {
        case .commits(let batch): carryOut(feed.received(batch))
        case .presence(let by, let body): show("presence", body, by: by)
        case .pulse(let by, let body): show("pulse", body, by: by)
        case .notes(let count, let id, let body): noteWritten(body, count: count, id: id)
        case .epoch(let epoch): ownerChanged(epoch)
        case .rejected(let participant, let body): rejected(participant, body)
        case .admitted(let id): admitted(id)
        case .held(let id): held(id)
        case .refused(let id, let rejection): refused(id, rejection)
        case .evicted(let id): connections[id]?.socket.disconnect()
        case .head(let revision): carryOut(feed.received(head: revision))
        case .deleted: end()
        }
    }

    private func rejected(_ participant: ParticipantID, _ body: ByteBuffer) {
        timer.gaveUp(on: participant)
        let packet = PreparedPacket.event("rejected", argumentsJSON: body)
        for connection in connections.values where connection.participant == participant {
            connection.send(packet)
        }
    }

    private func show(_ event: String, _ body: ByteBuffer, by participant: ParticipantID) {
        let packet = PreparedPacket.event(event, argumentsJSON: body)
        for connection in connections.values where connection.participant != participant {
            connection.present(packet)
        }
    }

    private func beginDelivery(of batch: CommitBatch, _ trace: TraceParent) -> (any Span)? {
        spans?.begin(
            "deliver",
            .consumer,
            under: trace,
            [
                "viva.commits": .int64(Int64(batch.lengths.count)),
                "viva.receivers": .int64(Int64(connections.count)),
            ]
        )
    }

    private func measure(_ batch: CommitBatch) {
        metrics.commits.increment(by: batch.lengths.count)
        metrics.receivers.record(connections.count)
        if let nanoseconds = timer.ended(by: batch, at: .now()) {
            metrics.delivery.recordNanoseconds(nanoseconds)
        }
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
        connection.trail?.joined(refused: reason.rawValue)
        timer.gaveUp(on: connection.participant)
        // Even a join that was never answered may have been committed.
        if feed.isStarted { channels.propose(.leave(connection.sender, reason), to: room) }
        if connections.isEmpty { onEmpty(self) }
    }

    /// The room is gone: its connections are told, and closed.
    func end() {
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

    /// Tells the owner whom we hold, and reads what could not be read.
    func refresh() {
        sayWhomWeHold()
        retryReads()
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
        watchOwner(at: now)
        return isRestless
    }
}
