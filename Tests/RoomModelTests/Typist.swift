import OperationalTransform
import RoomModel
import TestSupport

/// One person in a `Meeting`: an editor that does what it is told, and what is on the way from and to
/// it.
struct Typist {
    enum Message {
        case commit(Commit)
        case rejected(ProposalNumber, Rejection)
    }

    let index: Int
    let id: ParticipantID
    let role: Role
    /// What the screen shows: plain units, for between a commit and a rejection it may hold half a
    /// surrogate pair.
    private(set) var editor: [UInt16]
    private var pending: PendingEdits
    /// Copies of proposals on their way to the room, and what is on the way back.
    var outbox: [Proposal.Request] = []
    var inbox: [Message] = []
    /// Marks of the edits made here, by what became of them.
    private(set) var typed: Set<Int> = []
    private(set) var takenBack: Set<Int> = []
    private(set) var deleted: Set<Int> = []

    init(index: Int, text: String) {
        self.index = index
        id = ParticipantID(rawValue: "person \(index)")
        role = index == 0 ? .interviewer : .candidate
        editor = Array(text.utf16)
        pending = PendingEdits(participant: id, revision: .zero, document: Document(text))
    }

    // MARK: What the person does

    /// Replaces some part of the text; now and then one that begins or ends within a surrogate pair.
    mutating func type(_ text: String, mark: Int, _ random: inout SeededGenerator) throws {
        let from = cut(random.below(editor.count + 1), &random)
        let length = random.chance(percent: 50) ? random.below(8) : 0
        let to = max(from, cut(min(from + length, editor.count), &random))
        var operation = TextOperation()
        try operation.keep(from)
        operation.insert(text)
        try operation.delete(to - from)
        try operation.keep(editor.count - to)
        typed.insert(mark)
        deleted.formUnion(marksIn(editor[from..<to]))
        show(operation)
        send(try pending.proposeEdit(operation))
    }

    private func cut(_ offset: Int, _ random: inout SeededGenerator) -> Int {
        let isWithinPair = offset < editor.count && UTF16.isTrailSurrogate(editor[offset])
        return isWithinPair && !random.chance(percent: 5) ? max(0, offset - 1) : offset
    }

    mutating func propose(_ wish: Wish) {
        send(pending.propose(wish))
    }

    mutating func reload() throws {
        pending = try PendingEdits(restoring: pending.state)
    }

    // MARK: What the connection does

    mutating func sendAgain() {
        send(pending.sendAgain())
    }

    /// What was under way to the person is lost, what was on the way to the room may still come.
    mutating func reconnect(_ log: [Commit]) {
        inbox = log[pending.revision.rawValue...].map(Message.commit)
        sendAgain()
    }

    mutating func loseOneProposal(_ random: inout SeededGenerator) {
        if !outbox.isEmpty { outbox.remove(at: random.below(outbox.count)) }
    }

    mutating func takeOutbox() -> [Proposal.Request] {
        defer { outbox = [] }
        return outbox
    }

    mutating func receive() throws {
        switch inbox.removeFirst() {
        case .commit(let commit):
            switch try pending.received(commit) {
            case .acknowledged(let next): send(next)
            case .foreign(let operation): show(operation)
            }
        case .rejected(let number, let rejection):
            switch try pending.rejected(number, rejection) {
            case .again(let request): send(request)
            case .takenBack(let undo, let text, let next):
                takenBack.formUnion(marksIn(text.utf16))
                show(undo)
                send(next)
            case .ahead, .unknown: break
            }
        }
    }

    private mutating func send(_ request: Proposal.Request?) {
        if let request { outbox.append(request) }
    }

    private mutating func show(_ operation: TextOperation?) {
        if let operation { editor = applied(operation, to: editor) }
    }

    // MARK: What has to hold

    /// The editor shows d · pending, and d is the text that everybody has at this revision.
    func check(_ texts: [Document]) throws {
        let state = pending.state
        var shown = pending.document.units
        for case .edit(let operation, _) in state.changes { shown = applied(operation, to: shown) }
        guard shown == editor else { throw Broken.editorDiffers(id) }
        guard pending.document == texts[pending.revision.rawValue] else {
            throw Broken.documentDiffers(id)
        }
    }

    func isSettled(at revision: Revision) -> Bool {
        pending.revision == revision && pending.unsavedCount == 0
    }
}

/// The naive way to apply an operation.
private func applied(_ operation: TextOperation, to units: [UInt16]) -> [UInt16] {
    var rest = units[...]
    var result: [UInt16] = []
    operation.forEachStep { step in
        switch step {
        case .keep(let length):
            result += rest.prefix(length)
            rest = rest.dropFirst(length)
        case .insert(let inserted): result += inserted
        case .delete(let length): rest = rest.dropFirst(length)
        }
    }
    return result
}
