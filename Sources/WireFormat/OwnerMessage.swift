import JSONText
package import NIOCore
package import RoomModel

/// What travels on `{room}:in`, from gateways to the room's owner.
package enum OwnerMessage: Equatable, Sendable {
    /// An event of a participant, stamped by its gateway; the body is the event's argument as the
    /// browser sent it, unread.
    case proposal(ProposalEvent, Sender, body: ByteBuffer)
    /// A private note; the body is the event's argument, unread.
    case note(Sender, body: ByteBuffer)
    case join(Sender, name: String)
    case leave(Sender, LeaveReason)
    /// Everybody the gateway holds in this room: nobody else is connected there.
    case holding(gateway: String, [Sender])
    /// A newer owner has claimed the room.
    case claimed(Epoch)
    /// A proposal or a join that is traced: where its trace stands is the last word of its header.
    ///
    /// Nothing else of it differs, and a version without tracing passes over that word.
    indirect case traced(OwnerMessage, TraceParent)

    /// Who sent it, as the gateway knows it: nothing of this comes from a browser.
    package struct Sender: Hashable, Sendable {
        package let connection: ConnectionID
        package let participant: ParticipantID
        package let role: Role

        package init(connection: ConnectionID, participant: ParticipantID, role: Role) {
            self.connection = connection
            self.participant = participant
            self.role = role
        }

        fileprivate init(_ header: HeaderLine) throws(WireError) {
            guard let role = Role(rawValue: try header.word(3)) else { throw .malformed }
            connection = ConnectionID(rawValue: try header.word(1))
            participant = ParticipantID(rawValue: try header.word(2))
            self.role = role
        }
    }
}

extension OwnerMessage {
    package func encoded() -> ByteBuffer { encoded(trace: nil) }

    private func encoded(trace: TraceParent?) -> ByteBuffer {
        switch self {
        case .traced(let message, let trace): message.encoded(trace: trace)
        case .proposal(let event, let sender, let body):
            Self.encode(event.rawValue, sender, trace: trace, body: body.readableBytesView)
        case .note(let sender, let body):
            Self.encode("note", sender, body: body.readableBytesView)
        case .join(let sender, let name):
            Self.encode("join", sender, trace: trace, body: name.utf8)
        case .leave(let sender, let reason):
            Self.encode("leave", sender, body: reason.rawValue.utf8)
        case .holding(let gateway, let senders):
            HeaderLine.encode("holding", gateway, body: Self.lines(of: senders))
        case .claimed(let epoch): HeaderLine.encode("claimed", "\(epoch.rawValue)", body: [])
        }
    }

    package init(_ message: ByteBuffer) throws(WireError) {
        let header = try HeaderLine(message)
        let kind = try header.word(0)
        if let event = ProposalEvent(rawValue: kind) {
            self = .proposal(event, try Sender(header), body: header.body)
            if let trace = header.traceParent(Self.tracePlace) { self = .traced(self, trace) }
            return
        }
        if kind == "note" {
            self = .note(try Sender(header), body: header.body)
            return
        }
        let text = String(buffer: header.body)
        switch kind {
        case "join":
            self = .join(try Sender(header), name: text)
            if let trace = header.traceParent(Self.tracePlace) { self = .traced(self, trace) }
        case "leave": self = .leave(try Sender(header), LeaveReason(rawValue: text) ?? .lost)
        case "holding":
            self = .holding(gateway: try header.word(1), try Self.senders(from: text))
        case "claimed": self = .claimed(Epoch(rawValue: try header.number(1)))
        default: throw .unknownVersion
        }
    }

    /// Behind the kind and the sender.
    private static let tracePlace = 4

    private static func encode(
        _ kind: String,
        _ sender: Sender,
        trace: TraceParent? = nil,
        body: some Sequence<UInt8>
    ) -> ByteBuffer {
        HeaderLine.encode(
            kind,
            sender.connection.rawValue,
            sender.participant.rawValue,
            sender.role.rawValue,
            trace: trace,
            body: body
        )
    }

    private static func lines(of senders: [Sender]) -> String.UTF8View {
        senders.map { "\($0.connection.rawValue) \($0.participant.rawValue) \($0.role.rawValue)\n" }
            .joined().utf8
    }

    private static func senders(from text: String) throws(WireError) -> [Sender] {
        var senders: [Sender] = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 3, let role = Role(rawValue: String(words[2])) else {
                throw .malformed
            }
            senders.append(
                Sender(
                    connection: ConnectionID(rawValue: String(words[0])),
                    participant: ParticipantID(rawValue: String(words[1])),
                    role: role
                )
            )
        }
        return senders
    }
}
