package import Tracing
import WireFormat

/// A tracer of swift-distributed-tracing whose spans end as lines.
package struct LineTracer: Tracer {
    private static let header = "traceparent"
    private let sampling: TraceSampling
    private let onEnd: @Sendable (EndedSpan) -> Void

    /// `onEnd` is called once for each span that is kept, wherever it ends.
    package init(sampling: TraceSampling, onEnd: @escaping @Sendable (EndedSpan) -> Void) {
        self.sampling = sampling
        self.onEnd = onEnd
    }

    package func startSpan<Instant: TracerInstant>(
        _ operationName: String,
        context: @autoclosure () -> InstrumentationContext,
        ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant,
        function: String,
        file fileID: String,
        line: UInt
    ) -> LineSpan {
        var context = context()
        let parent = context.traceParent
        context.traceParent = place(under: parent, isKept: context.isKept)
        return LineSpan(
            operationName,
            kind: kind,
            context: context,
            parent: parent?.span,
            start: instant().nanosecondsSinceEpoch,
            onEnd: onEnd
        )
    }

    private func place(under parent: TraceParent?, isKept: Bool?) -> TraceParent {
        let trace = parent?.trace ?? .random()
        return TraceParent(
            trace: trace,
            span: .random(in: 1 ... .max),
            isSampled: parent?.isSampled ?? isKept ?? sampling.keeps(trace)
        )
    }

    package func forceFlush() {}

    package func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier,
        into context: inout InstrumentationContext,
        using extractor: Extract
    ) where Extract.Carrier == Carrier {
        context.traceParent = extractor.extract(key: Self.header, from: carrier)
            .flatMap(TraceParent.init)
    }

    package func inject<Carrier, Inject: Injector>(
        _ context: InstrumentationContext,
        into carrier: inout Carrier,
        using injector: Inject
    ) where Inject.Carrier == Carrier {
        guard let parent = context.traceParent else { return }
        injector.inject(parent.text, forKey: Self.header, into: &carrier)
    }
}

extension TraceParent.TraceID {
    /// All zeros would be none.
    fileprivate static func random() -> Self {
        Self(high: .random(in: 1 ... .max), low: .random(in: 0 ... .max))
    }
}
