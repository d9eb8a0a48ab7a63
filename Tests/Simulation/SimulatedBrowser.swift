import JSONText
import NIOCore
import OperationalTransform
import RoomModel
import TestSupport
import WireFormat

/// A person at a browser: `PendingEdits` and an editor, online or not.
final class SimulatedBrowser {
    let participant: ParticipantID
    /// The connection it holds just now.
    private(set) var connection: ConnectionID?
    private(set) var isWelcome = false
    private(set) var pending: PendingEdits?
    /// What the screen shows.
    private(set) var editor = Document("")
    /// Marks typed into each proposal that was sent, by its number, and those told to be saved.
    private(set) var saved: [ProposalNumber: String] = [:]
    private var sent: [ProposalNumber: String] = [:]
    private(set) var typed = ""
    private var sentAt = 0
    private unowned let cluster: Cluster

    init(participant: ParticipantID, cluster: Cluster) {
        self.participant = participant
        self.cluster = cluster
    }

    var isSettled: Bool { isWelcome && pending?.unsavedCount == 0 }

    // MARK: The connection

    func connect() {
        connectionEnded()
        connection = cluster.open(self, resumed: pending?.revision)
    }

    func connectionEnded() {
        if let connection { cluster.close(connection) }
        connection = nil
        isWelcome = false
    }

    func welcomed(_ snapshot: Snapshot?, _ commits: [Commit]) throws {
        isWelcome = true
        if pending == nil, let snapshot {
            pending = PendingEdits(
                participant: participant,
                revision: snapshot.revision,
                document: Document(snapshot.text)
            )
            editor = Document(snapshot.text)
        }
        try received(commits)
        sendAgain()
    }

    func received(_ commits: [Commit]) throws {
        for commit in commits {
            switch try pending?.received(commit) {
            case .acknowledged(let next):
                if let number = commit.number { saved[number] = sent[number] }
                send(next)
            case .foreign(let operation?): try editor.apply(operation)
            case .foreign(nil), nil: break
            }
        }
    }

    func rejected(_ body: ByteBuffer) throws {
        let (number, rejection) = try body.withUnsafeReadableBytes { bytes in
            var reader = JSONReader(bytes)
            var number = 0
            var code = ""
            try reader.beginObject()
            while let key = try reader.nextKey() {
                switch key {
                case "number": number = try reader.integer()
                case "code": code = try reader.string()
                default: _ = try reader.skipValue()
                }
            }
            return (ProposalNumber(rawValue: number), Rejection(rawValue: code) ?? .forbidden)
        }
        switch try pending?.rejected(number, rejection) {
        case .again(let request): send(request)
        case .takenBack: throw Broken.rejected(rejection)
        case .unknown, nil: break
        }
    }

    // MARK: Typing

    func type(_ text: String, _ random: inout SeededGenerator) throws {
        guard pending != nil else { return }
        let from = random.below(editor.length + 1)
        let length = random.chance(percent: 30) ? min(random.below(5), editor.length - from) : 0
        var operation = TextOperation()
        try operation.keep(from)
        operation.insert(text)
        try operation.delete(length)
        try operation.keep(editor.length - from - length)
        try editor.apply(operation)
        typed += text
        send(try pending?.proposeEdit(operation))
    }

    func sendAgain() { send(pending?.sendAgain()) }

    func tick() {
        if connection == nil { connect() }
        if cluster.now - sentAt >= 3_000 { sendAgain() }
    }

    private func send(_ request: Proposal.Request?) {
        guard case .edit(let number, let base, let operation) = request else { return }
        sent[number] = operation.insertedText
        sentAt = cluster.now
        guard isWelcome, let connection else { return }
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("number")
        writer.integer(number.rawValue)
        writer.key("revision")
        writer.integer(base.rawValue)
        writer.key("operation")
        operation.encode(into: &writer)
        writer.endObject()
        cluster.fromBrowser(.edit, ByteBuffer(bytes: writer.bytes), on: connection)
    }
}

enum Broken: Error {
    case rejected(Rejection)
    case neverSettled
}
