package import Tracing
package import WireFormat

/// All that is written down of a span; times are nanoseconds since 1970.
package struct EndedSpan: Sendable {
    package let place: TraceParent
    /// The span above it; nil for the first of a trace.
    package let parent: UInt64?
    package let name: String
    package let kind: SpanKind
    package let start: UInt64
    package let end: UInt64
    package let attributes: SpanAttributes
    package let links: [SpanLink]
    package let events: [SpanEvent]
    package let status: SpanStatus?

    package init(
        place: TraceParent,
        parent: UInt64?,
        name: String,
        kind: SpanKind,
        start: UInt64,
        end: UInt64,
        attributes: SpanAttributes = [:],
        links: [SpanLink] = [],
        events: [SpanEvent] = [],
        status: SpanStatus? = nil
    ) {
        self.place = place
        self.parent = parent
        self.name = name
        self.kind = kind
        self.start = start
        self.end = end
        self.attributes = attributes
        self.links = links
        self.events = events
        self.status = status
    }
}
