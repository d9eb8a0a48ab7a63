import EventLoopIsolation
import NIOCore
import OperationalTransform
import RoomModel

/// How a person comes, goes and comes back.
extension Person {
    /// Connects; `comesAt` is the moment at which it was meant to.
    func come() {
        guard stage == .away else { return }
        stage = .connecting
        heardAt = run.now
        transport = run.connect(self)
    }

    /// The moment to come is there, for the first time or to another gateway.
    func comeNow() {
        if stage == .present { drop() }
        come()
    }

    func opened(_ opening: ServerPacket.Opening) {
        guard stage == .connecting else { return }
        stage = .joining
        silenceMax =
            (opening.pingIntervalMilliseconds + opening.pingTimeoutMilliseconds) * 1_000_000
        run.record(.connect, from: comesAt, to: run.now)
        let resume = pending.map {
            ClientMessage.Resume(participant: $0.participant, key: key, revision: $0.revision)
        }
        transport?.send(ClientMessage.connect(token: room.token(role), name: name, resume: resume))
    }

    func welcomed(_ welcome: WelcomeMessage) {
        guard stage == .joining else { return }
        stage = .present
        attempts = 0
        key = welcome.key
        if pending == nil { joined(welcome) } else { resumed(welcome) }
        isAwayOnPurpose = false
        hasLeft = false
    }

    private func joined(_ welcome: WelcomeMessage) {
        guard let snapshot = welcome.snapshot else { return room.fault("\(name) got no snapshot") }
        let document = Document(snapshot.text)
        pending = PendingEdits(
            participant: welcome.participant,
            revision: snapshot.revision,
            document: document
        )
        room.entered(self, as: welcome.participant)
        isAlone = true
        length = document.length
        room.listeners += 1
        for commit in welcome.commits { follow(commit, measures: false) }
        if room.ledger == nil { beginLedger() }
        meetLedger()
        placeCaret()
        run.record(.join, from: comesAt, to: run.now)
        run.count(.joins)
        run.joined(self)
    }

    /// Nobody has typed before the first of us was welcomed, so the text is what was asked for.
    private func beginLedger() {
        guard let pending else { return }
        if pending.document != Document(room.initialText) {
            room.fault("the session does not begin with the text it was created with")
        }
        room.ledger = CommitLedger(revision: pending.revision, document: pending.document)
    }

    private func placeCaret() {
        caret = Int(run.random(below: UInt64(length) + 1))
        if case .replay = run.settings.manner, role != .observer, let pending {
            partStart = ReplayText.partStart(of: place, in: pending.document) ?? 0
        }
    }

    private func resumed(_ welcome: WelcomeMessage) {
        if isAwayOnPurpose { room.listeners += 1 }
        guard welcome.snapshot == nil else {
            return room.fault("\(name) resumed and got a snapshot: the room has lost its revision")
        }
        for commit in welcome.commits { follow(commit, measures: !isAwayOnPurpose) }
        run.record(.resume, from: comesAt, to: run.now)
        run.count(.resumes)
        sendAgain()
    }

    func refused(_ message: String) {
        run.refused(message)
        drop()
        comeLater()
    }

    // MARK: Going

    /// The connection ended although nobody here wanted it.
    func transportClosed(_ reason: String) { disconnected(reason) }

    func disconnected(_ reason: String) {
        let wasLetIn = stage == .present
        drop()
        if wasLetIn { run.count(.disconnects) } else { run.refused(reason) }
        comeLater()
    }

    func goForGood() { drop() }

    private func drop() {
        transport?.close()
        transport = nil
        stage = .away
    }

    /// Comes again after a while, later with each failure, and not when everybody else does.
    private func comeLater() {
        attempts += 1
        let patience = min(5_000, 100 << min(attempts, 6))
        comesAt = run.now + run.spread(milliseconds: patience) * 1_000_000
        run.agenda(.connect, at: comesAt, self)
    }

    /// Stays until then, as the gateway serves until then.
    func comeBack(in milliseconds: Int) {
        comesAt = run.now + milliseconds * 1_000_000
        run.agenda(.connect, at: comesAt, self)
    }

    /// The network is gone, as of now and until then; what is typed meanwhile waits.
    func loseNetwork(until moment: Int) {
        guard stage == .present else { return }
        run.count(.networkLosses)
        room.listeners -= 1
        isAwayOnPurpose = true
        transport?.abort()
        transport = nil
        stage = .away
        comesAt = moment
        run.agenda(.connect, at: moment, self)
    }

    /// Closes the page, and opens it anew then as somebody whom the room does not know.
    ///
    /// Not with something unsaved: then the page would ask, and people stay.
    func leave(until moment: Int) {
        guard stage == .present, pending?.unsavedCount == 0 else { return }
        if !isComplete { room.fault("\(name) left: \(balance)") }
        run.count(.leaves)
        room.listeners -= 1
        hasLeft = true
        transport?.send(ClientMessage.disconnect)
        drop()
        becomeNew()
        comesAt = moment
        run.agenda(.connect, at: moment, self)
    }

    /// Looks after what time alone can tell; once a second.
    func tick(at now: Int) {
        switch stage {
        case .away: break
        case .connecting, .joining:
            if now - heardAt > 20_000_000_000 { disconnected("no answer in time") }
        case .present:
            if now - heardAt > silenceMax { return disconnected("no heartbeat") }
            if inFlight != nil, now - sentAt > 3_000_000_000 { sendAgain() }
        }
    }
}
