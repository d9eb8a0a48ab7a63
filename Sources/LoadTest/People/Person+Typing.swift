import EventLoopIsolation
import OperationalTransform
import RoomModel

/// What a person does.
extension Person {
    /// Carries out the step that was due at `moment`, and says when the next one is.
    func type(dueAt moment: Int) -> Int? {
        guard let step = typist?.step(length: length) else { return nil }
        if !hasLeft, pending != nil { carryOut(step, at: moment) }
        return step.action == .nothing ? nil : typist?.due
    }

    private func carryOut(_ step: Typist.Step, at moment: Int) {
        if let move = step.move { caret = min(max(0, caret + move), length) }
        switch step.action {
        case .edit(let delete, let insert): edit(delete: delete, insert: insert, at: moment)
        case .patch(let patch):
            let start = min(partStart + patch.offset, length)
            edit(start, delete: min(patch.deleted, length - start), patch.inserted, at: moment)
        case .changeLanguage: wish(.language(run.language()))
        case .loseNetwork(let seconds): loseNetwork(until: moment + seconds * 1_000_000_000)
        case .leave(let seconds): leave(until: moment + seconds * 1_000_000_000)
        case .nothing: break
        }
        if step.tellsSelection { select() }
    }

    private func edit(delete: Int, insert: Int, at moment: Int) {
        var deleted = min(delete, caret)
        let units = Corpus.units(insert, from: run.corpusPlace(of: self))
        // Nothing stands before the caret: then something is typed instead.
        if deleted == 0, units.isEmpty {
            guard caret < length else {
                return edit(caret, delete: 0, Corpus.units(1, from: 0), at: moment)
            }
            caret += 1
            deleted = 1
        }
        edit(caret - deleted, delete: deleted, units, at: moment)
    }

    private func edit(_ offset: Int, delete: Int, _ units: [UInt16], at moment: Int) {
        var operation = TextOperation()
        do {
            try operation.keep(offset)
            operation.insert(units)
            try operation.delete(delete)
            try operation.keep(length - offset - delete)
            run.countEdit(at: moment)
            waitingStrokes.append(stage == .away && isAwayOnPurpose ? -1 : moment)
            let request = try pending?.proposeEdit(operation)
            length = operation.targetLength
            caret = offset + units.count
            if let request { propose(request) }
            forgetWhatVanished()
        } catch {
            room.fault("\(name) could not type: \(error)")
        }
    }

    /// What was typed and deleted again before it was sent needs no place in the log.
    private func forgetWhatVanished() {
        guard let pending, inFlight != nil, !waitingStrokes.isEmpty else { return }
        if pending.unsavedCount <= max(1, inFlightStrokes.count) { waitingStrokes = [] }
    }

    private func wish(_ wish: Wish) {
        guard role != .observer, let request = pending?.propose(wish) else { return }
        propose(request)
    }

    /// Sends a proposal for the first time.
    func propose(_ request: Proposal.Request) {
        proposalsMade += 1
        inFlight = request.number
        if case .edit = request {
            inFlightStrokes = waitingStrokes
            waitingStrokes = []
        } else {
            inFlightStrokes = []
        }
        run.count(.proposals)
        send(request)
    }

    /// Once more under its number, after a resume, an epoch or a silence.
    func sendAgain() {
        guard stage == .present, inFlight != nil, let request = pending?.sendAgain() else { return }
        run.count(.repeats)
        send(request)
    }

    private func send(_ request: Proposal.Request) {
        sentAt = run.now
        guard stage == .present else { return }
        transport?.send(ClientMessage.proposal(request))
    }

    private func select() {
        guard stage == .present, let pending else { return }
        let offset = pending.committedOffset(caret)
        run.count(.selections)
        transport?.send(
            ClientMessage.select(revision: pending.revision, anchor: offset, head: offset)
        )
    }
}
