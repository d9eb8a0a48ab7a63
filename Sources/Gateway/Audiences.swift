package import Coordination
package import EventLoopIsolation
package import Logging
import Measuring
package import NIOCore
import RoomModel
package import SocketIO
package import SocketIOServer
package import TraceLines

/// All rooms this gateway holds somebody in; answers Socket.IO with them.
@LoopActor
package final class Audiences: SocketIOApplication {
    private let channels: RoomChannels
    private let signer: Signer
    private let origins: OriginPolicy
    private let clock: ProcessClock
    private let metrics: GatewayMetrics
    private let spans: SpanSource?
    private let logger: Logger
    /// Half a minute, in the tick's tenths of a second.
    private var audiences = Rounds<RoomID, RoomAudience>(of: 300)
    /// Rooms in which something is under way: the tick looks at these alone.
    private var restless: Set<RoomID> = []

    package init(
        channels: RoomChannels,
        signer: Signer,
        origins: OriginPolicy,
        clock: ProcessClock,
        metrics: GatewayMetrics,
        spans: SpanSource?,
        logger: Logger
    ) {
        self.channels = channels
        self.signer = signer
        self.origins = origins
        self.clock = clock
        self.metrics = metrics
        self.spans = spans
        self.logger = logger
    }

    package var roomCount: Int { audiences.count }

    // MARK: Connections

    package func connectRequested(_ socket: SocketIOConnection, auth: ByteBuffer?) {
        do {
            let connection = try connection(for: socket, ConnectRequest(auth))
            socket.attachment = connection.0
            audience(of: connection.1).add(connection.0)
        } catch {
            metrics.refusals.increment(error)
            logger.info(
                "connection was refused",
                metadata: ["connection": "\(socket.id)", "code": "\(error.rawValue)"]
            )
            socket.refuse(error.rawValue, sentence: error.sentence)
        }
    }

    package func eventReceived(_ socket: SocketIOConnection, _ event: SocketEvent) {
        guard let connection = socket.attachment as? Connection else { return }
        connection.received(event, at: clock.uptimeMilliseconds())
    }

    package func closed(_ socket: SocketIOConnection, because reason: CloseReason) {
        guard let connection = socket.attachment as? Connection else { return }
        socket.attachment = nil
        metrics.closes.increment(reason)
        logger.info(
            "connection was closed",
            metadata: connection.about.merging(["reason": "\(reason.rawValue)"]) { $1 }
        )
        connection.audience?.remove(connection, because: LeaveReason(reason))
    }

    /// Checks who comes; whoever resumes proves that the place is theirs.
    private func connection(
        for socket: SocketIOConnection,
        _ request: ConnectRequest
    ) throws(ConnectRequest.Refusal) -> (Connection, RoomID) {
        let handshake = socket.handshake
        guard origins.allows(origin: handshake.origin, host: handshake.host) else {
            throw .forbiddenOrigin
        }
        guard let admission = signer.admission(of: request.token) else { throw .invalidToken }
        guard channels.isAvailable else { throw .unavailable }
        let participant = try participant(of: request, in: admission.room)
        let connection = Connection(
            socket,
            admission: admission,
            participant: participant,
            name: request.name ?? admission.role.defaultName,
            resumed: request.resume?.place,
            trail: spans.map { ConnectionTrail($0, handshake, role: admission.role) },
            at: clock.uptimeMilliseconds()
        )
        return (connection, admission.room)
    }

    private func participant(
        of request: ConnectRequest,
        in room: RoomID
    ) throws(ConnectRequest.Refusal) -> ParticipantID {
        guard let resume = request.resume else {
            return ParticipantID(rawValue: randomIdentifier())
        }
        let participant = ParticipantID(rawValue: resume.participant)
        guard resume.participant.isIdentifier(),
            signer.accepts(key: resume.key, room: room, participant: participant)
        else { throw .invalidToken }
        return participant
    }

    // MARK: Rooms

    private func audience(of room: RoomID) -> RoomAudience {
        if let known = audiences[room] { return known }
        let audience = RoomAudience(
            RoomKeys(room),
            channels: channels,
            signer: signer,
            clock: clock,
            metrics: metrics,
            spans: spans,
            logger: logger,
            onRestless: { [weak self] in self?.restless.insert($0.room.room) },
            onEmpty: { [weak self] in self?.forget($0) }
        )
        audiences[room] = audience
        audience.follow()
        return audience
    }

    private func forget(_ audience: RoomAudience) {
        audience.stopFollowing()
        audiences[audience.room.room] = nil
        restless.remove(audience.room.room)
    }

    // MARK: Time

    /// Looks after joins under way and owners that should have answered; to be called ten times a second.
    ///
    /// Twice a minute each owner is told whom we hold: of some rooms at each call, as all at once would
    /// keep everybody waiting.
    package func tick() {
        let now = clock.uptimeMilliseconds()
        for room in restless where audiences[room]?.tick(at: now) != true { restless.remove(room) }
        for audience in audiences.nextTurn() { audience.refresh() }
    }

    /// Whoever was not heard while Redis was away is heard now, and what was missed is read.
    package func redisReturned() {
        for audience in audiences.values {
            audience.refresh()
            audience.redisReturned()
        }
    }
}

extension LeaveReason {
    fileprivate init(_ reason: CloseReason) {
        switch reason {
        case .peerClosed, .peerDisconnected, .disconnected, .closed: self = .closed
        default: self = .lost
        }
    }
}

extension Role {
    /// What somebody is called who gave no name.
    fileprivate var defaultName: String {
        rawValue.prefix(1).uppercased() + rawValue.dropFirst()
    }
}
