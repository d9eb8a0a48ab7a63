import JSONText
import Testing
import TraceLines
import Tracing
import WireFormat

@Suite struct SpanLinesTests {
    private static let place = TraceParent(
        trace: TraceParent.TraceID(high: 0x5B8E_FFF7_9803_8103, low: 0xD269_B633_813F_C60C),
        span: 0xEEE1_9B7E_C3C1_B174,
        isSampled: true
    )

    private func line(
        parent: UInt64? = nil,
        kind: SpanKind = .server,
        attributes: SpanAttributes = [:],
        links: [SpanLink] = [],
        status: SpanStatus? = nil
    ) -> String {
        let lines = SpanLines(service: "viva-gateway", process: "g1", version: "1.2.3")
        let span = EndedSpan(
            place: Self.place,
            parent: parent,
            name: "join",
            kind: kind,
            start: 1_544_712_660_000_000_000,
            end: 1_544_712_661_000_000_001,
            attributes: attributes,
            links: links,
            events: [],
            status: status
        )
        return String(decoding: lines.line(span), as: UTF8.self)
    }

    @Test func `a span is one line, as OTLP has it in JSON`() {
        #expect(
            line(parent: 0xEEE1_9B7E_C3C1_B173, attributes: ["viva.role": "candidate"])
                == #"{"resourceSpans":[{"resource":{"attributes":["#
                + #"{"key":"service.name","value":{"stringValue":"viva-gateway"}},"#
                + #"{"key":"service.instance.id","value":{"stringValue":"g1"}},"#
                + #"{"key":"service.version","value":{"stringValue":"1.2.3"}}]},"#
                + #""scopeSpans":[{"scope":{"name":"viva"},"spans":[{"#
                + #""traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","#
                + #""parentSpanId":"eee19b7ec3c1b173","flags":1,"name":"join","kind":2,"#
                + #""startTimeUnixNano":"1544712660000000000","#
                + #""endTimeUnixNano":"1544712661000000001","#
                + #""attributes":[{"key":"viva.role","value":{"stringValue":"candidate"}}]}]}]}]}"#
                + "\n"
        )
    }

    @Test func `the first span of a trace has no parent`() {
        #expect(!line().contains("parentSpanId"))
    }

    @Test(arguments: [
        (SpanKind.internal, 1), (.server, 2), (.client, 3), (.producer, 4), (.consumer, 5),
    ])
    func `kinds are the numbers of the protocol`(kind: SpanKind, number: Int) {
        #expect(line(kind: kind).contains(#""kind":\#(number),"#))
    }

    @Test func `a number is a string, and yes or no is neither`() {
        let attributes: SpanAttributes = ["b": .bool(true), "a": .int64(200)]
        #expect(
            line(attributes: attributes).contains(
                #"[{"key":"a","value":{"intValue":"200"}},{"key":"b","value":{"boolValue":true}}]"#
            )
        )
    }

    @Test func `links and a failure are told`() {
        var context = InstrumentationContext.topLevel
        context.traceParent = SpanSourceTests.parent
        let text = line(
            links: [SpanLink(context: context, attributes: [:])],
            status: SpanStatus(code: .error, message: "what somebody wrote")
        )
        #expect(
            text.contains(
                #""links":[{"traceId":"00000000000000010000000000000002","#
                    + #""spanId":"0000000000000003"}],"status":{"code":2}}"#
            )
        )
    }

    @Test func `a line stays one, whatever a value holds`() {
        let text = line(attributes: ["a": "one\ntwo\"\u{1}"])
        #expect(text.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(text.contains(#"one\ntwo\"\u0001"#))
    }
}
