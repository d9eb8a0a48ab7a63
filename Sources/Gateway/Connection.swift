// Hot path 1 of 6: an event of a browser becomes a proposal: checked, stamped, passed on.
// Next: RoomChannels+Propose.swift.

import CoreMetrics
import EventLoopIsolation
import Measuring
import NIOCore
import RoomModel
import SocketIO
import SocketIOServer
import WireFormat

/// One participant's connection to one room, at this gateway.
///
/// ```
/// arriving ──entered──▶ present ──closed──▶ gone
///     └──refused, closed──────────────────────▲
/// ```
@LoopActor
final class Connection {
    let id: ConnectionID
    let participant: ParticipantID
    let role: Role
    let name: String
    /// What the browser has already, if it comes back.
    let resumed: LogPlace?
    let socket: SocketIOConnection
    /// The room it is in; nil before the room is found and after the end.
    weak var audience: RoomAudience?
    /// On its way into the room; nil once it has been welcomed.
    var arrival: Arrival?
    /// How far it has been served; nil before its welcome.
    private(set) var cursor: DeliveryCursor?
    private var proposals: RateLimit
    private var proposalBytes: RateLimit
    private var presence: RateLimit
    /// The newest selections that came faster than they are passed on.
    private var heldSelections: SelectEvent?

    init(
        _ socket: SocketIOConnection,
        admission: Signer.Admission,
        participant: ParticipantID,
        name: String,
        resumed: LogPlace?,
        at now: Int
    ) {
        self.socket = socket
        id = ConnectionID(rawValue: socket.id)
        self.participant = participant
        role = admission.role
        self.name = name
        self.resumed = resumed
        arrival = Arrival(at: now)
        proposals = RateLimit(
            perSecond: Limits.Socket.proposalsPerSecond,
            burst: Limits.Socket.proposalsBurst,
            at: now
        )
        proposalBytes = RateLimit(
            perSecond: Limits.Socket.proposalBytesPerSecond,
            burst: Limits.Socket.proposalBytesBurst,
            at: now
        )
        presence = RateLimit(
            perSecond: Limits.Socket.presencePerSecond,
            burst: Limits.Socket.presencePerSecond,
            at: now
        )
    }

    /// Nothing of this comes from the browser: the token gave the role, the key proved the rest.
    var sender: OwnerMessage.Sender {
        OwnerMessage.Sender(connection: id, participant: participant, role: role)
    }

    // MARK: From the browser

    /// Takes an event; one of a name that is not known is ignored, as the protocol says.
    func received(_ event: SocketEvent, at now: Int) {
        guard cursor != nil, let audience else { return }
        if let proposal = ProposalEvent(rawValue: event.name) {
            // Nothing that is proposed has a place for binary.
            guard event.attachments.isEmpty else { return reject(event, .invalidProposal) }
            let bytes = event.arguments.readableBytes
            guard proposals.allows(at: now), proposalBytes.allows(bytes, at: now),
                audience.allows(bytes, at: now)
            else { return reject(event, .rateLimited) }
            audience.metrics.proposals.increment(proposal)
            audience.propose(.proposal(proposal, sender, body: event.arguments), at: now)
        } else if event.name == "select", let selections = SelectEvent(event.arguments) {
            heldSelections = selections
            passOnSelections(at: now)
        }
    }

    /// Publishes the newest selections if the rate allows; false if they have to wait.
    @discardableResult
    func passOnSelections(at now: Int) -> Bool {
        guard let selections = heldSelections, let audience else { return true }
        guard presence.allows(at: now) else {
            audience.becameRestless()
            return false
        }
        heldSelections = nil
        audience.present(selections.presence(by: participant), by: participant)
        return true
    }

    private func reject(_ event: SocketEvent, _ rejection: Rejection) {
        audience?.metrics.rejections.increment(rejection)
        let number = ProposalEvent.number(in: event.arguments)
        send(.event("rejected", argumentsJSON: RoomMessage.rejected(number, rejection)))
    }

    // MARK: To the browser

    /// Hands on commits; `packet` holds them all and is shared by everybody in the room.
    func deliver(_ batch: CommitBatch, _ packet: PreparedPacket) {
        guard let decision = cursor?.decide(about: batch) else { return }
        if decision == .whole { send(packet) } else { carryOut(decision) }
    }

    /// Hands on what may be lost, unless the peer is slow to take what may not.
    func present(_ packet: PreparedPacket) {
        guard cursor != nil else { return }
        guard socket.queuedBytes < Limits.Socket.queuedBytesForPresence else {
            audience?.metrics.presenceDropped.increment()
            return
        }
        socket.send(packet)
    }

    func send(_ packet: PreparedPacket) {
        guard socket.queuedBytes < Limits.Socket.queuedBytesMax else {
            return socket.close(because: .tooSlow)
        }
        socket.send(packet)
    }

    // MARK: Catching up

    /// It has been welcomed with everything up to a place; the room may be further already.
    func entered(at place: LogPlace, newest: Revision) {
        arrival = nil
        cursor = DeliveryCursor(at: place)
        catchUp(to: newest)
    }

    func catchUp(to newest: Revision) {
        if let decision = cursor?.catchUp(to: newest) { carryOut(decision) }
    }

    private func carryOut(_ decision: DeliveryCursor.Decision) {
        switch decision {
        case .part(let batch): send(.event("commits", argumentsJSON: batch.json))
        case .readLog(let place): audience?.readLog(for: self, after: place)
        // Its browser comes back with the place it has, and gets the room as it is.
        case .startOver: socket.close()
        case .whole, .skip: break
        }
    }

    /// A page of the log, nil where it could not be read; there may be more behind it.
    func read(_ page: LogPage?, newest: Revision) {
        if let decision = cursor?.read(page) { carryOut(decision) }
        if page != nil { catchUp(to: newest) }
    }
}
