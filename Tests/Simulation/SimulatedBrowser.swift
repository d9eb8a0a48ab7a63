import JSONText
import NIOCore
import OperationalTransform
import RoomModel
import TestSupport
import WireFormat

/// A person at a browser: `PendingEdits` and an editor, online or not.
final class SimulatedBrowser {
    let participant: ParticipantID
    let role: Role
    /// The connection it holds just now.
    private(set) var connection: ConnectionID?
    private(set) var pending: PendingEdits?
    /// What the screen shows.
    private(set) var editor = Document("")
    /// What it lists as having happened.
    private(set) var journal = Journal()
    private(set) var memory = Record()
    var book = NoteBook()
    var notedAt = 0
    private(set) var isWelcome = false
    /// It was told to wait, on the connection it holds.
    private(set) var isHeld = false
    /// Who is there, as far as it has been shown the room.
    private var roster = Roster()
    /// It was shown the room by which it still had to wait.
    private(set) var sawTooMuch = false
    /// The session has ended and it was not let in again.
    private(set) var isShutOut = false
    private var at: Int?
    private var numberLast = ProposalNumber.none
    private var sentAt = 0
    unowned let cluster: Cluster

    init(participant: ParticipantID, role: Role, cluster: Cluster) {
        self.participant = participant
        self.role = role
        self.cluster = cluster
    }

    /// Where in the log it is, if it has the room.
    var place: LogPlace? { pending.map { LogPlace($0.revision, at: at) } }

    var isSettled: Bool {
        isShutOut || isWelcome && pending?.unsavedCount == 0 && book.unsaved.isEmpty
    }

    // MARK: The connection

    func connect() {
        connectionEnded()
        connection = cluster.open(self, resumed: place)
    }

    func connectionEnded() {
        if let connection { cluster.close(connection) }
        connection = nil
        isWelcome = false
        isHeld = false
    }

    /// What is unsent survives, and the greatest number; who has nothing unsent gets the room afresh.
    func reload() throws {
        connectionEnded()
        guard let state = pending?.state, pending?.unsavedCount != 0 else {
            pending = nil
            memory.forgetSaved()
            return
        }
        pending = try PendingEdits(restoring: state)
    }

    func refused(_ rejection: Rejection) throws {
        guard rejection == .ended else { return }
        isShutOut = true
        while let unsent = pending?.sendAgain() {
            numberLast = max(numberLast, unsent.number)
            try rejected(unsent.number, .ended, byOwner: false)
        }
    }

    // MARK: What comes

    func held() {
        isHeld = true
    }

    func welcomed(_ snapshot: Snapshot?, _ commits: [Commit], at: Int?) throws {
        isWelcome = true
        isHeld = false
        if let snapshot { begin(snapshot) }
        if snapshot != nil { self.at = at }
        try received(commits)
        sawTooMuch = sawTooMuch || roster[participant]?.waiting != false
        sendAgain()
    }

    /// The room as it is; where a revision was known, a failure has taken it, and the person is told.
    private func begin(_ snapshot: Snapshot) {
        if pending != nil { memory.noticed(editor.text) }
        roster = Roster(snapshot.participants)
        pending = PendingEdits(
            participant: participant,
            revision: snapshot.revision,
            document: Document(snapshot.text)
        )
        let own = snapshot.participants.first { $0.id == participant }
        pending?.numbersStart(above: max(own?.number ?? .none, numberLast))
        editor = Document(snapshot.text)
        journal = snapshot.journal
    }

    func received(_ commits: [Commit]) throws {
        for commit in commits {
            let received = try pending?.received(commit)
            roster.record(commit)
            at = commit.at
            journal.record(commit)
            switch received {
            case .acknowledged(let next):
                if let number = commit.number { memory.saved(number) }
                send(next)
            case .foreign(let operation?): try editor.apply(operation)
            case .foreign(nil), nil: break
            }
        }
    }

    func rejected(_ body: ByteBuffer) throws {
        var number = ProposalNumber.none
        var rejection = Rejection.forbidden
        try body.readingJSON { reader in
            try reader.members { key, reader in
                switch key {
                case "number": number = ProposalNumber(rawValue: try reader.integer())
                case "code": rejection = Rejection(rawValue: try reader.string()) ?? .forbidden
                default: break
                }
            }
        }
        try rejected(number, rejection, byOwner: true)
    }

    private func rejected(
        _ number: ProposalNumber,
        _ rejection: Rejection,
        byOwner: Bool
    ) throws {
        switch try pending?.rejected(number, rejection) {
        case .again(let request): send(request)
        case .ahead: connectionEnded()
        case .takenBack(let undo, let text, let next):
            if let undo { try editor.apply(undo) }
            memory.tookBack(number, text, byOwner: byOwner)
            send(next)
        case .unknown, nil: break
        }
    }

    // MARK: What the person does

    func type(_ mark: String, _ random: inout SeededGenerator) throws {
        guard pending != nil, !isShutOut else { return }
        let from = random.below(editor.length + 1)
        let length = random.chance(percent: 30) ? min(random.below(5), editor.length - from) : 0
        var operation = TextOperation()
        try operation.keep(from)
        operation.insert(mark)
        try operation.delete(length)
        try operation.keep(editor.length - from - length)
        let units = Array(editor.text.utf16)[from..<from + length]
        memory.typed(mark, over: String(decoding: units, as: UTF16.self))
        try editor.apply(operation)
        send(try pending?.proposeEdit(operation))
    }

    func wish(_ wish: Wish) {
        guard !isShutOut else { return }
        send(pending?.propose(wish))
    }

    func sendAgain() {
        send(pending?.sendAgain())
        sendNotes()
    }

    func tick() {
        guard !isShutOut else { return }
        if connection == nil { connect() }
        if cluster.now - sentAt >= 3_000 { sendAgain() }
        if cluster.now - notedAt >= 3_000 { sendNotes() }
    }

    private func send(_ request: Proposal.Request?) {
        guard let request else { return }
        numberLast = max(numberLast, request.number)
        sentAt = cluster.now
        if case .edit(let number, _, let operation) = request {
            memory.sent(number, operation.insertedText)
        }
        guard isWelcome, let connection else { return }
        cluster.fromBrowser(request.event, request.body, on: connection)
    }
}
