// Hot path 1 of 6: an event of a browser becomes a proposal: checked, stamped, passed on.
// Next: RoomChannels+Propose.swift.

import CoreMetrics
import EventLoopIsolation
import Logging
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
///     ├──accepted──▶ waiting ──entered──▲      ▲
///     └──refused, closed──────────────────────┘
/// ```
@LoopActor
final class Connection {
    let id: ConnectionID
    let participant: ParticipantID
    let room: RoomID
    let role: Role
    let name: String
    /// What the browser has already, if it comes back.
    let resumed: LogPlace?
    let socket: SocketIOConnection
    /// The room it is in; nil before the room is found and after the end.
    weak var audience: RoomAudience?
    /// On its way into the room; nil once it has been welcomed.
    var arrival: Arrival?
    /// Nil where nothing is traced.
    let trail: ConnectionTrail?
    /// Whether its browser has been answered: with a welcome, or that it has to wait.
    private(set) var isAccepted = false
    /// How far it has been served; nil before its welcome.
    private(set) var cursor: DeliveryCursor?
    private var rates: ProposalRates
    private var selections: Thinned<SelectEvent>
    private var pulses: Thinned<PulseEvent>

    init(
        _ socket: SocketIOConnection,
        admission: Signer.Admission,
        participant: ParticipantID,
        name: String,
        resumed: LogPlace?,
        trail: ConnectionTrail?,
        at now: Int
    ) {
        self.socket = socket
        id = ConnectionID(rawValue: socket.id)
        self.participant = participant
        room = admission.room
        role = admission.role
        self.name = name
        self.resumed = resumed
        self.trail = trail
        arrival = Arrival(at: now)
        rates = .connection(at: now)
        selections = Thinned(perSecond: Limits.Socket.presencePerSecond, at: now)
        pulses = Thinned(perSecond: Limits.Socket.pulsesPerSecond, at: now)
    }

    /// Nothing of this comes from the browser: the token gave the role, the key proved the rest.
    var sender: OwnerMessage.Sender {
        OwnerMessage.Sender(connection: id, participant: participant, role: role)
    }

    /// What a log may say of it: who it is, and no name.
    var about: Logger.Metadata {
        [
            "connection": "\(id.rawValue)", "participant": "\(participant.rawValue)",
            "room": "\(room.rawValue)", "role": "\(role.rawValue)",
        ]
    }

    // MARK: From the browser

    /// Takes an event; one of a name that is not known is ignored, as the protocol says.
    func received(_ event: SocketEvent, at now: Int) {
        guard isAccepted, let audience else { return }
        if let proposal = ProposalEvent(rawValue: event.name) {
            // Nothing that is proposed has a place for binary.
            guard event.attachments.isEmpty else { return reject(event, .invalidProposal) }
            guard allows(event, at: now) else { return reject(event, .rateLimited) }
            audience.metrics.proposals.increment(proposal)
            let message = OwnerMessage.proposal(proposal, sender, body: event.arguments)
            guard let trail else { return audience.propose(message, at: now) }
            trail.propose(proposal, message) { audience.propose($0, at: now) }
        } else if event.name == "note" {
            receivedNote(event, at: now)
        } else {
            receivedPresence(event, at: now)
        }
    }

    /// Whether one more proposal is within the rates of the connection and of the room.
    func allows(_ event: SocketEvent, at now: Int) -> Bool {
        let bytes = event.arguments.readableBytes
        return rates.allows(bytes: bytes, at: now) && audience?.allows(bytes, at: now) == true
    }

    /// Of who waits nothing is passed on.
    private func receivedPresence(_ event: SocketEvent, at now: Int) {
        if event.name == "select", cursor != nil, let selected = SelectEvent(event.arguments) {
            selections.take(selected)
            passOnPresence(at: now)
        } else if event.name == "pulse", let pulse = PulseEvent(event.arguments) {
            // At once, as the page measures by it.
            if let id = event.acknowledgementID {
                socket.acknowledge(id, argumentsJSON: ByteBuffer())
            }
            guard cursor != nil else { return }
            pulses.take(pulse)
            passOnPresence(at: now)
        }
    }

    /// Publishes the newest selections and the newest pulse if their rates allow; false if one has to wait.
    @discardableResult
    func passOnPresence(at now: Int) -> Bool {
        guard let audience else { return true }
        if let selected = selections.next(at: now) {
            audience.present(selected.presence(by: participant), by: participant)
        }
        if let pulse = pulses.next(at: now) {
            audience.pulse(pulse.pulse(by: participant), by: participant)
        }
        guard selections.isHolding || pulses.isHolding else { return true }
        audience.becameRestless()
        return false
    }

    private func reject(_ event: SocketEvent, _ rejection: Rejection) {
        audience?.metrics.rejections.increment(rejection)
        let number = ProposalEvent.number(in: event.arguments)
        send(.event("rejected", argumentsJSON: RoomMessage.rejected(number, rejection)))
    }

    // MARK: To the browser

    func accept() {
        guard !isAccepted else { return }
        isAccepted = true
        socket.accept()
    }

    /// Sends the browser away; one that was accepted comes back, and is told why then.
    func refuse(_ refusal: ConnectRequest.Refusal) {
        arrival = nil
        trail?.joined(refused: refusal.rawValue)
        if isAccepted {
            socket.close()
        } else {
            socket.refuse(refusal.rawValue, sentence: refusal.sentence)
        }
    }

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
        trail?.joined()
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
