import EventLoopIsolation
import NIOCore
import OperationalTransform
import RoomModel

/// What the room tells a person.
extension Person: TransportDelegate {
    func transportReceived(_ packet: ByteBuffer) {
        heardAt = run.now
        do {
            try received(try ServerPacket(packet))
        } catch {
            room.fault("\(name) was sent something malformed: \(error)")
            disconnected("malformed")
        }
    }

    private func received(_ packet: ServerPacket) throws {
        switch packet {
        case .open(let opening): opened(opening)
        case .ping: transport?.send(ClientMessage.pong)
        case .refused(let message): refused(message)
        case .event(.commits, let json): try follow(json)
        case .event(.welcome, let json): try welcomed(WelcomeMessage(json))
        case .event(.epoch, _): sendAgain()
        case .event(.rejected, let json): try rejected(RejectedMessage(json))
        case .event(.closing, let json):
            comeBack(in: try ClosingMessage(json).reconnectAfterMilliseconds)
        case .disconnected, .closed: disconnected("told to go")
        case .connected, .event, .ignored: break
        }
    }

    // MARK: Commits

    private func follow(_ json: ByteBuffer) throws {
        guard stage == .present else { return }
        let commits = try room.commits(in: json)
        for commit in commits { follow(commit, measures: true) }
    }

    func follow(_ commit: Commit, measures: Bool) {
        let entry = room.take(commit)
        do {
            let folded = isAlone ? nil : entry?.document
            switch try pending?.received(commit, folded: folded) {
            case .acknowledged(let next): acknowledged(next)
            case .foreign(let operation?): othersTyped(operation, measures ? entry?.strokes : nil)
            case .foreign(nil), nil: break
            }
        } catch {
            room.fault("\(name) cannot follow: \(error)")
        }
        if isAlone { meetLedger() }
        // Told of nothing, as the ledger had forgotten it: from here on it folds alone.
        if entry == nil { isAlone = true }
    }

    /// Compares with the ledger where both stand at one revision; from then on they share memory.
    func meetLedger() {
        guard let pending, let document = room.ledger?.document(at: pending.revision) else {
            return
        }
        if document == pending.document {
            isAlone = false
        } else {
            room.fault("\(name) sees another text at revision \(pending.revision.rawValue)")
        }
    }

    private func acknowledged(_ next: Proposal.Request?) {
        let now = run.now
        for stroke in inFlightStrokes {
            if stroke >= 0 {
                run.record(.ack, from: stroke, to: now, counting: .acknowledgements)
            } else {
                run.record(.recovery, from: comesAt, to: now)
            }
        }
        inFlightStrokes = []
        inFlight = nil
        if let next { propose(next) }
    }

    private func othersTyped(_ operation: TextOperation, _ strokes: [Int]?) {
        length = operation.targetLength
        caret = operation.transforming(offset: caret)
        partStart = operation.transforming(offset: partStart)
        let now = run.now
        for stroke in strokes ?? [] where stroke >= 0 {
            run.record(.arrival, from: stroke, to: now, counting: .arrivals)
        }
    }

    // MARK: Rejections

    private func rejected(_ message: RejectedMessage) throws {
        run.rejected(message.code)
        guard let rejection = Rejection(rawValue: message.code) else { return }
        switch try pending?.rejected(message.number, rejection) {
        // The second's round sends it again, once the cause has had its time to pass.
        case .again, .unknown, nil: break
        case .ahead: room.fault("\(name) was answered that the room does not have its revision")
        case .takenBack(let undo, _, let next):
            proposalsMade -= 1
            inFlightStrokes = []
            inFlight = nil
            if let undo {
                length = undo.targetLength
                caret = undo.transforming(offset: caret)
            }
            if let next { propose(next) }
        }
    }
}
