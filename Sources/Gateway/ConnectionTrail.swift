import EventLoopIsolation
import RoomModel
import SocketIOServer
import TraceLines
import Tracing
import WireFormat

/// What is traced of one connection: its join, and each proposal as a trace of its own.
///
/// A connection lives for hours, so nothing is a child of it for as long: proposals are linked to the
/// join. Where the request that opened it had a `traceparent`, that one's flag decides about them all.
@LoopActor
final class ConnectionTrail {
    private let spans: SpanSource
    private let isKept: Bool?
    private var join: (any Span)?
    private let joinPlace: TraceParent?

    init(_ spans: SpanSource, _ handshake: Handshake, role: Role) {
        let parent = handshake.traceParent.flatMap(TraceParent.init)
        self.spans = spans
        isKept = parent?.isSampled
        join = spans.begin(
            "join",
            .server,
            under: parent,
            ["viva.role": .string(role.rawValue)]
        )
        joinPlace = join?.place
    }

    /// Asked again, it is the same join.
    func tracing(_ message: OwnerMessage) -> OwnerMessage {
        guard join != nil, let joinPlace else { return message }
        return .traced(message, joinPlace)
    }

    /// It was welcomed, or will not be: then `code` says why.
    func joined(refused code: String? = nil) {
        if let code {
            join?.attributes["viva.code"] = code
            join?.setStatus(SpanStatus(code: .error))
        }
        join?.end()
        join = nil
    }

    /// Passes a proposal on, in a span of its own if it is traced.
    func propose(
        _ event: ProposalEvent,
        _ message: OwnerMessage,
        _ pass: (OwnerMessage) -> Void
    ) {
        let span = spans.begin(
            "propose",
            .producer,
            isKept: isKept,
            ["viva.kind": .string(event.rawValue)]
        )
        guard let span, let place = span.place else { return pass(message) }
        if let joinPlace { span.link(to: joinPlace) }
        pass(.traced(message, place))
        span.end()
    }
}
