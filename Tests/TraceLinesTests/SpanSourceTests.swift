import Synchronization
import Testing
import TraceLines
import Tracing
import WireFormat

/// Keeps what ends.
final class Ended: Sendable {
    private let all = Mutex<[EndedSpan]>([])

    var spans: [EndedSpan] { all.withLock(\.self) }

    func source(fraction: Double) -> SpanSource {
        SpanSource(
            LineTracer(sampling: TraceSampling(fraction: fraction)) { span in
                self.all.withLock { $0.append(span) }
            }
        )
    }
}

@Suite struct SpanSourceTests {
    static let parent = TraceParent(
        trace: TraceParent.TraceID(high: 1, low: 2),
        span: 3,
        isSampled: true
    )
    static let dropped = TraceParent(trace: parent.trace, span: 3, isSampled: false)
    let ended = Ended()

    @Test(arguments: [0, 0.5, 1])
    func `what the parent says counts, whatever is sampled here`(fraction: Double) throws {
        let source = ended.source(fraction: fraction)
        #expect(source.begin("not kept", .server, under: Self.dropped) == nil)
        let span = try #require(source.begin("kept", .server, under: Self.parent))
        span.end()
        let written = try #require(ended.spans.first)
        #expect(written.place.trace == Self.parent.trace)
        #expect(written.parent == Self.parent.span)
        #expect(written.place == span.place)
        #expect(written.place.span != Self.parent.span)
    }

    @Test func `a trace that begins here is kept by the fraction, or as is decided already`() {
        let (all, none) = (ended.source(fraction: 1), ended.source(fraction: 0))
        #expect(all.begin("a", .producer) != nil)
        #expect(none.begin("a", .producer) == nil)
        #expect(all.begin("a", .producer, isKept: false) == nil)
        #expect(none.begin("a", .producer, isKept: true) != nil)
    }

    @Test func `traces that begin are different, and have no parent`() throws {
        let source = ended.source(fraction: 1)
        for _ in 0..<2 { source.begin("a", .producer)?.end() }
        try #require(ended.spans.count == 2)
        #expect(ended.spans[0].place.trace != ended.spans[1].place.trace)
        #expect(ended.spans.allSatisfy { $0.parent == nil && $0.place.isSampled })
    }

    @Test func `a span ends once`() {
        let span = ended.source(fraction: 1).begin("a", .internal)
        span?.end()
        span?.end()
        #expect(ended.spans.count == 1)
    }

    @Test func `nothing of what an error says is kept`() throws {
        struct Secret: Error { let text = "what somebody wrote" }
        let span = try #require(ended.source(fraction: 1).begin("a", .internal))
        span.recordError(Secret())
        span.end()
        #expect(!"\(ended.spans)".contains("somebody"))
    }

    @Test func `a fraction keeps that much, the same for every process`() {
        let sampling = TraceSampling(fraction: 0.25)
        let traces = (0..<1_000).map { TraceParent.TraceID(high: 1, low: UInt64($0) << 46) }
        #expect(traces.count(where: sampling.keeps) == 256)
        #expect(!sampling.keeps(TraceParent.TraceID(high: 0, low: .max)))
        #expect(sampling.keeps(TraceParent.TraceID(high: .max, low: 0xFF << 56)))
    }
}
