package import Tracing
package import WireFormat

/// Where a process's spans come from; a process that does not trace has none.
package struct SpanSource: Sendable {
    private let tracer: any Tracer

    package init(_ tracer: any Tracer) {
        self.tracer = tracer
    }

    /// A span under `parent`, or the first of a trace; nil where the trace is not kept.
    ///
    /// `isKept` decides for a trace that begins here; where it is nil the process's sampling does.
    package func begin(
        _ name: String,
        _ kind: SpanKind,
        under parent: TraceParent? = nil,
        isKept: Bool? = nil,
        _ attributes: SpanAttributes = [:]
    ) -> (any Span)? {
        guard parent?.isSampled ?? isKept ?? true else { return nil }
        var context = InstrumentationContext.topLevel
        context.traceParent = parent
        context.isKept = isKept
        let span = tracer.startSpan(name, context: context, ofKind: kind)
        guard span.isRecording else { return nil }
        span.attributes = attributes
        return span
    }
}

extension Span {
    /// What a process that goes on from here is told.
    package var place: TraceParent? { context.traceParent }

    package func link(to place: TraceParent) {
        var context = InstrumentationContext.topLevel
        context.traceParent = place
        addLink(SpanLink(context: context, attributes: [:]))
    }
}
