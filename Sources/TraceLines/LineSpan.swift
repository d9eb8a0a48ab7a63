import Synchronization
package import Tracing
import WireFormat

/// A span until it ends.
///
/// Whoever holds it may be on any thread, so what changes is behind a lock.
package final class LineSpan: Span {
    private struct State {
        var name: String
        var attributes: SpanAttributes = [:]
        var links: [SpanLink] = []
        var events: [SpanEvent] = []
        var status: SpanStatus?
        var hasEnded = false
    }

    package let context: InstrumentationContext
    private let kind: SpanKind
    private let parent: UInt64?
    private let start: UInt64
    private let onEnd: @Sendable (EndedSpan) -> Void
    private let state: Mutex<State>

    init(
        _ name: String,
        kind: SpanKind,
        context: InstrumentationContext,
        parent: UInt64?,
        start: UInt64,
        onEnd: @escaping @Sendable (EndedSpan) -> Void
    ) {
        self.context = context
        self.kind = kind
        self.parent = parent
        self.start = start
        self.onEnd = onEnd
        state = Mutex(State(name: name))
    }

    package var isRecording: Bool { context.traceParent?.isSampled == true }

    package var operationName: String {
        get { state.withLock { $0.name } }
        set { state.withLock { $0.name = newValue } }
    }

    package var attributes: SpanAttributes {
        get { state.withLock { $0.attributes } }
        set { state.withLock { $0.attributes = newValue } }
    }

    package func setStatus(_ status: SpanStatus) { state.withLock { $0.status = status } }

    package func addEvent(_ event: SpanEvent) { state.withLock { $0.events.append(event) } }

    package func addLink(_ link: SpanLink) { state.withLock { $0.links.append(link) } }

    /// Only that there was one: what an error says may hold what people wrote.
    package func recordError<Instant: TracerInstant>(
        _ error: any Error,
        attributes: SpanAttributes,
        at instant: @autoclosure () -> Instant
    ) {
        addEvent(SpanEvent(name: "exception", at: instant(), attributes: attributes))
    }

    /// Once; an end after the end is none.
    package func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
        guard isRecording, let place = context.traceParent else { return }
        let end = instant().nanosecondsSinceEpoch
        let ended = state.withLock { state -> EndedSpan? in
            guard !state.hasEnded else { return nil }
            state.hasEnded = true
            return EndedSpan(
                place: place,
                parent: parent,
                name: state.name,
                kind: kind,
                start: start,
                end: end,
                attributes: state.attributes,
                links: state.links,
                events: state.events,
                status: state.status
            )
        }
        if let ended { onEnd(ended) }
    }
}
