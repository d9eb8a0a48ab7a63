import Coordination
import RoomModel
import TraceLines
import Tracing
import WireFormat

/// The traced messages of one room: of each a span from its arrival until it is ordered, and of the
/// call that commits them another.
///
/// A room that nobody traces has none under way, and that is all that is asked of it.
struct RoomTrail {
    private struct Waiting {
        let span: any Span
        /// How many messages are taken before it.
        var place: Int
    }

    private let spans: SpanSource?
    private var waiting: [Waiting] = []
    private var call: (any Span)?

    init(_ spans: SpanSource?) { self.spans = spans }

    /// A message arrived behind `place` others that wait.
    mutating func arrived(_ message: OwnerMessage, of trace: TraceParent, behind place: Int) {
        let kind = message.kind
        guard let spans,
            let span = spans.begin("order", .consumer, under: trace, ["viva.kind": .string(kind)])
        else { return }
        waiting.append(Waiting(span: span, place: place))
    }

    /// A turn has taken the first `count` messages that waited.
    mutating func took(_ count: Int, into batch: OwnerState.Batch?) {
        guard !waiting.isEmpty else { return }
        let taken = waiting.prefix { $0.place < count }.map(\.span)
        waiting.removeFirst(taken.count)
        for index in waiting.indices { waiting[index].place -= count }
        for span in taken { span.end() }
        guard let batch, batch.isCommitted, let first = taken.first else { return }
        call = beginCall(batch, for: first, and: taken.dropFirst())
    }

    /// A call has one parent, so of those who share it with others the rest is linked.
    private func beginCall(
        _ batch: OwnerState.Batch,
        for first: any Span,
        and others: ArraySlice<any Span>
    ) -> (any Span)? {
        let call = spans?.begin(
            "commit",
            .client,
            under: first.place,
            [
                "db.system.name": "redis", "viva.commits": .int64(Int64(batch.commits.count)),
                "viva.revision": .int64(Int64(batch.first.rawValue)),
            ]
        )
        for other in others { if let place = other.place { call?.link(to: place) } }
        return call
    }

    /// The span of the call that is made now; its answer ends it.
    mutating func takeCall() -> (any Span)? {
        guard let call else { return nil }
        self.call = nil
        return call
    }
}

extension Span {
    func end(as outcome: FencedOutcome) {
        if outcome != .done { setStatus(SpanStatus(code: .error)) }
        end()
    }
}

extension OwnerMessage {
    /// What a span says of it: nothing that somebody wrote.
    fileprivate var kind: String {
        switch self {
        case .proposal(let event, _, _): event.rawValue
        case .join: "join"
        case .note, .leave, .holding, .claimed, .traced: "other"
        }
    }
}
