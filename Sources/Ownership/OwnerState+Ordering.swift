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
            guard !attendance.isEvicted(sender.connection) else { return }
            reject(sender, malformed.number, malformed.rejection, into: &batch)
        case .join(let sender, let name):
            join(sender, name: name, in: &room, at: now, into: &batch)
        case .leave(let sender, let reason):
            guard attendance.leave(sender) else { return }
            leave(sender.participant, reason, in: &room, at: now, into: &batch)
        case .holding(let gateway, let senders):
            let (arrived, gone) = attendance.holding(gateway: gateway, senders) {
                room.roster[$0] != nil
            }
            for participant in gone { leave(participant, .lost, in: &room, at: now, into: &batch) }
            for sender in arrived { rejoin(sender, in: &room, at: now, into: &batch) }
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
        guard !attendance.isEvicted(sender.connection) else { return }
        let proposal = Proposal(by: sender.participant, role: sender.role, request: request)
        let number = proposal.number ?? .none
        // A number that was refused stays refused, or a late copy could be committed after its
        // sender has taken it back; said again, because the first answer may be what was lost.
        if let earlier = rejections[sender.participant], number <= earlier.number {
            if number == earlier.number { answer(sender, number, earlier.rejection, into: &batch) }
            return
        }
        do {
            if let commit = try room.commit(proposal, at: now) { batch.commits.append(commit) }
        } catch {
            reject(sender, number, error, into: &batch)
        }
    }

    private mutating func join(
        _ sender: OwnerMessage.Sender,
        name: String,
        in room: inout Room,
        at now: Int,
        into batch: inout Batch
    ) {
        guard case .new(let evicts) = attendance.arrival(of: sender) else {
            // Asked again because the first answer was lost.
            if attendance.connection(of: sender.participant) == sender.connection {
                batch.answers.append(.admitted(sender.connection))
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
            batch.answers.append(.admitted(sender.connection))
            if let evicts { batch.answers.append(.evicted(evicts)) }
        } catch {
            batch.answers.append(.refused(sender.connection, error))
        }
    }

    /// Somebody is connected whom the log says to have left: it was wrong, or is behind.
    private func rejoin(
        _ sender: OwnerMessage.Sender,
        in room: inout Room,
        at now: Int,
        into batch: inout Batch
    ) {
        guard let known = room.roster[sender.participant], !known.connected else { return }
        let proposal = Proposal(
            by: sender.participant,
            role: sender.role,
            request: .join(name: known.name)
        )
        // Refused only when the session has ended or is full: then they stay listeners.
        if let commit = try? room.commit(proposal, at: now) { batch.commits.append(commit) }
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

    private mutating func reject(
        _ sender: OwnerMessage.Sender,
        _ number: ProposalNumber,
        _ rejection: Rejection,
        into batch: inout Batch
    ) {
        // What is refused for now comes again under its number. A number that could not be read is
        // below all others: it must not take the place of one that has to stay refused.
        let newest = rejections[sender.participant]?.number ?? .none
        if !rejection.isPassing, number > newest {
            rejections[sender.participant] = (number, rejection)
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
