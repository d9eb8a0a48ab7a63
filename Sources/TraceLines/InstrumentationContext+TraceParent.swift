package import Tracing
package import WireFormat

extension InstrumentationContext {
    /// The span that is continued; nil where a trace begins.
    package var traceParent: TraceParent? {
        get { self[TraceParentKey.self] }
        set { self[TraceParentKey.self] = newValue }
    }

    /// Whether a trace that begins is kept, where that is decided already.
    package var isKept: Bool? {
        get { self[IsKeptKey.self] }
        set { self[IsKeptKey.self] = newValue }
    }
}

private enum TraceParentKey: InstrumentationContextKey {
    typealias Value = TraceParent
    static var nameOverride: String? { "traceparent" }
}

private enum IsKeptKey: InstrumentationContextKey {
    typealias Value = Bool
}
