import RoomModel
import WireFormat

extension OwnerState {
    /// Decides about one message; what it leads to goes into the batch.
    mutating func order(
        _ incoming: Incoming,
        in room: inout Room,
        at now: Int,
        into batch: inout Batch
    ) {
        switch incoming {
        case .proposal(let sender, let request):
            propose(request, by: sender, in: &room, at: now, into: &batch)
        case .malformed(let sender, let malformed):
            guard isHeard(sender, into: &batch) else { return }
            reject(sender, malformed.number, malformed.rejection, in: room, into: &batch)
        case .note(let sender, let note):
            write(note, by: sender, in: room, at: now, into: &batch)
        case .malformedNote(let sender, let malformed):
            guard isHeard(sender, into: &batch) else { return }
            reject(malformed.id, of: sender, malformed.rejection, into: &batch)
        case .join(let sender, let name):
            join(sender, name: name, in: &room, at: now, into: &batch)
        case .leave(let sender, let reason):
            guard attendance.leave(sender) else { return }
            leave(sender.participant, reason, in: &room, at: now, into: &batch)
        case .holding(let gateway, let senders):
            for participant in attendance.holding(gateway: gateway, senders) {
                leave(participant, .lost, in: &room, at: now, into: &batch)
            }
            for sender in senders where attendance.isNews(sender) {
                rejoin(sender, in: &room, at: now, into: &batch)
            }
        case .gatewayGone(let gateway):
            for participant in attendance.gatewayGone(gateway) {
                leave(participant, .lost, in: &room, at: now, into: &batch)
            }
        case .attendanceDue:
            for participant in ghosts(in: room) {
                leave(participant, .lost, in: &room, at: now, into: &batch)
            }
        }
    }

    private mutating func propose(
        _ request: Proposal.Request,
        by sender: OwnerMessage.Sender,
        in room: inout Room,
        at now: Int,
        into batch: inout Batch
    ) {
        guard isHeard(sender, into: &batch) else { return }
        let proposal = Proposal(by: sender.participant, role: sender.role, request: request)
        let number = proposal.number ?? .none
        // A number that was refused stays refused, or a late copy could be committed after its
        // sender has taken it back; said again, because the first answer may be what was lost.
        if let earlier = rejections[sender.participant], number <= earlier.number {
            guard number == earlier.number else { return known(in: room, into: &batch) }
            return answer(sender, number, earlier.rejection, into: &batch)
        }
        do {
            guard let commit = try room.commit(proposal, at: now) else {
                return known(in: room, into: &batch)
            }
            batch.commits.append(commit)
            letIn(by: commit.change, in: room, into: &batch)
        } catch {
            reject(sender, number, error, in: room, into: &batch)
        }
    }

    private mutating func join(
        _ sender: OwnerMessage.Sender,
        name: String,
        in room: inout Room,
        at now: Int,
        into batch: inout Batch
    ) {
        guard isHeard(sender, into: &batch) else { return }
        guard case .new(let evicts) = attendance.arrival(of: sender) else {
            // Asked again because the first answer was lost.
            if attendance.connection(of: sender.participant) == sender.connection {
                batch.answers.append(answer(to: sender, in: room))
            }
            return
        }
        let proposal = Proposal(
            by: sender.participant,
            role: sender.role,
            request: .join(name: name)
        )
        do {
            guard let commit = try room.commit(proposal, at: now) else { return }
            batch.commits.append(commit)
            attendance.admit(sender)
            batch.answers.append(answer(to: sender, in: room))
            if let evicts { batch.answers.append(.evicted(evicts)) }
        } catch {
            batch.answers.append(.refused(sender.connection, error))
        }
    }

    /// What somebody who has joined is told: the log says whether they have to wait.
    private func answer(to sender: OwnerMessage.Sender, in room: Room) -> Answer {
        let waits = room.roster[sender.participant]?.waiting == true
        return waits ? .held(sender.connection) : .admitted(sender.connection)
    }

    /// Tells whoever need not wait any more; those of whom this owner has not heard yet are told when
    /// their gateways ask.
    private func letIn(by change: Commit.Change, in room: Room, into batch: inout Batch) {
        let letIn: [ParticipantID]
        switch change {
        case .granted(.admitted(let participant)): letIn = [participant]
        // Whoever did not wait is told what they know.
        case .granted(.admission(.open)):
            letIn = room.roster.participants.filter { $0.role == .candidate }.map(\.id)
        default: return
        }
        for participant in letIn {
            guard let connection = attendance.connection(of: participant) else { continue }
            batch.answers.append(.admitted(connection))
        }
    }

    /// A gateway holds somebody of whom this owner had not heard; where the log says that they left,
    /// it was wrong, or is behind.
    ///
    /// Whom the room has never known is on the way in: their join, which has a name, follows.
    private mutating func rejoin(
        _ sender: OwnerMessage.Sender,
        in room: inout Room,
        at now: Int,
        into batch: inout Batch
    ) {
        guard let known = room.roster[sender.participant] else { return }
        if !known.connected {
            let proposal = Proposal(
                by: sender.participant,
                role: sender.role,
                request: .join(name: known.name)
            )
            // Refused only when the session has ended or is full. They stay listeners, and are not
            // taken for present: a join of theirs has to be refused too.
            guard let commit = try? room.commit(proposal, at: now) else { return }
            batch.commits.append(commit)
        }
        attendance.admit(sender)
    }

    private func leave(
        _ participant: ParticipantID,
        _ reason: LeaveReason,
        in room: inout Room,
        at now: Int,
        into batch: inout Batch
    ) {
        guard let known = room.roster[participant] else { return }
        let proposal = Proposal(by: participant, role: known.role, request: .leave(reason))
        // Refused only where the log says they left already.
        if let commit = try? room.commit(proposal, at: now) { batch.commits.append(commit) }
    }

    /// Connected by the log, but no gateway holds them.
    private func ghosts(in room: Room) -> [ParticipantID] {
        room.roster.participants
            .filter { $0.connected && attendance.connection(of: $0.id) == nil }
            .map(\.id)
    }

    /// Whether a connection still speaks for its participant; one that was replaced is told again,
    /// because the first time may be what was lost.
    func isHeard(_ sender: OwnerMessage.Sender, into batch: inout Batch) -> Bool {
        guard attendance.isEvicted(sender.connection) else { return true }
        batch.answers.append(.evicted(sender.connection))
        return false
    }

    /// Settled before, and sent again by somebody who has not heard of it: says where the room
    /// stands, so that whoever missed the commit finds it in the log.
    private func known(in room: Room, into batch: inout Batch) {
        let head = Answer.head(room.revision)
        if !batch.answers.contains(head) { batch.answers.append(head) }
    }

    private mutating func reject(
        _ sender: OwnerMessage.Sender,
        _ number: ProposalNumber,
        _ rejection: Rejection,
        in room: Room,
        into batch: inout Batch
    ) {
        // What is refused for now comes again under its number. A number that could not be read is
        // below all others: it must not take the place of one that has to stay refused.
        let newest = rejections[sender.participant]?.number ?? .none
        if !rejection.isPassing, number > newest, room.roster[sender.participant] != nil {
            rejections[sender.participant] = (number, rejection)
            batch.refusals.append(Refusal(of: sender.participant, number, rejection))
        }
        answer(sender, number, rejection, into: &batch)
    }

    private func answer(
        _ sender: OwnerMessage.Sender,
        _ number: ProposalNumber,
        _ rejection: Rejection,
        into batch: inout Batch
    ) {
        batch.answers.append(.rejected(sender.participant, number, rejection))
    }
}
