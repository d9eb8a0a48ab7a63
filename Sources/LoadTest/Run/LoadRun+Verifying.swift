import EventLoopIsolation
import JSONText
import NIOCore
import NIOHTTP1
import OperationalTransform
import RoomModel
import WireFormat

/// The end of a run: whether everybody, the server and the log agree.
extension LoadRun {
    /// Asks the server for each room, then compares everything.
    func verify() {
        var open = rooms.count { $0.session != nil }
        guard open > 0 else { return finish(judged([:])) }
        extendSettling()
        var texts: [Int: ServerView] = [:]
        for room in rooms where room.session != nil {
            ask(room) { [self] view in
                texts[room.index] = view
                open -= 1
                if open == 0 { clearAway(judged(texts)) }
            }
        }
    }

    /// What `GET /api/sessions/{id}` answered.
    struct ServerView: Equatable {
        var revision = -1
        var text = ""
    }

    /// Asks again while the server says less than everybody here was told, or is limited, until the
    /// time is up.
    private func ask(_ room: LoadRoom, _ completion: @escaping @LoopActor (ServerView?) -> Void) {
        guard let session = room.session else { return completion(nil) }
        http.start(
            HTTPCall(
                path: "/api/sessions/\(session.id)",
                bearer: room.token(.interviewer)
            ) { [self] result in
                let answer = try? result.get()
                let view =
                    answer?.status == 200 ? try? ServerView(answer?.body ?? ByteBuffer()) : nil
                if let view, view.revision == room.ledger?.revision.rawValue {
                    return completion(view)
                }
                guard now < settleUntil else {
                    stopCalling(after: result)
                    return completion(view)
                }
                let seconds = min(60, answer?.retryAfterSeconds ?? 0)
                LoopActor.eventLoop.scheduleTask(in: .milliseconds(Int64(200 + seconds * 1_000))) {
                    LoopActor.assumeIsolated { self.ask(room, completion) }
                }
            }
        )
    }

    /// Who has not answered one call would let thousands wait.
    private func stopCalling(after result: Result<HTTPAnswer, HTTPFailure>) {
        if case .failure(let failure) = result { http.giveUp(failure) }
    }

    private func judged(_ views: [Int: ServerView]) -> LoadReport.Verification {
        var verification = LoadReport.Verification()
        for room in rooms {
            let verdict = room.verdict(views[room.index])
            switch verdict {
            case .agreed: verification.roomsAgreed += 1
            case .differs: verification.roomsDiffering += 1
            case .unsettled: verification.roomsUnsettled += 1
            }
            verification.faultCount += room.faultCount
            for fault in room.faults where verification.faults.count < 20 {
                verification.faults.append(
                    "room \(room.index + 1) (\(room.session?.id ?? "-")): \(fault)"
                )
            }
            verification.views += room.people.count
        }
        verification.proposals = people.reduce(0) { $0 + $1.proposalsMade }
        verification.state =
            verification.roomsDiffering > 0
            ? .differs
            : verification.roomsUnsettled > 0 || rooms.isEmpty ? .unsettled : .agreed
        return verification
    }

    /// Deletes the sessions that were fine, unless they are to be kept; what is left can be looked at.
    private func clearAway(_ verification: LoadReport.Verification) {
        // Or each would be told to go, and count that as a disconnect.
        for person in people { person.goForGood() }
        guard !settings.keepsSessions else { return finish(verification) }
        let done = rooms.filter { $0.session != nil && $0.faultCount == 0 }
        var open = done.count
        guard open > 0 else { return finish(verification) }
        for room in done {
            guard let session = room.session else { continue }
            http.start(
                HTTPCall(
                    method: .DELETE,
                    path: "/api/sessions/\(session.id)",
                    bearer: room.token(.interviewer)
                ) { [self] result in
                    stopCalling(after: result)
                    open -= 1
                    if open == 0 { finish(verification) }
                }
            )
        }
    }
}

extension LoadRoom {
    /// Compares every view with the fold of the commits, and that with the server's text.
    fileprivate func verdict(_ server: LoadRun.ServerView?) -> LoadReport.Verification.State {
        if faultCount > 0 { return .differs }
        guard let ledger, let server else {
            note(
                session == nil
                    ? "its session was never created"
                    : ledger == nil ? "nobody joined it" : "the server did not tell its text"
            )
            return .unsettled
        }
        guard people.allSatisfy(\.isSettled) else {
            // Faults above, or a deployment that did not come to rest: who it was helps to find out.
            if let person = people.first(where: { !$0.isSettled }) {
                note("\(person.name) did not settle: \(person.whereabouts)")
            }
            return .unsettled
        }
        for person in people {
            if !person.isComplete { fault("\(person.name): \(person.balance)") }
            if let pending = person.pending, pending.document != ledger.document {
                fault("\(person.name) sees another text than the log makes")
            }
        }
        guard server.revision == ledger.revision.rawValue else {
            note(
                "the server is at revision \(server.revision), everybody else at \(ledger.revision.rawValue)"
            )
            return faultCount > 0 ? .differs : .unsettled
        }
        // By bytes: equal strings may be written differently, and here that would be a fault.
        if !server.text.utf8.elementsEqual(ledger.document.text.utf8) {
            fault("the server has another text than the log makes")
        }
        return faultCount > 0 ? .differs : .agreed
    }
}

extension LoadRun.ServerView {
    fileprivate init(_ json: ByteBuffer) throws {
        self.init()
        try json.readingJSON { reader in
            try reader.members { key, reader in
                switch key {
                case "revision": revision = try reader.integer()
                case "text": text = try reader.string()
                default: break
                }
            }
        }
    }
}
