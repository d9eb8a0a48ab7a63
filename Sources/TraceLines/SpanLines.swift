import JSONText
import Tracing
import WireFormat

/// Spans as OpenTelemetry's collector reads them from a file: each line is an
/// `ExportTraceServiceRequest` in OTLP's JSON encoding, which has IDs in hexadecimal, 64-bit numbers as
/// strings and enums as numbers.
package struct SpanLines: Sendable {
    /// What a line has before its span, the same for all of a process.
    private let resource: [UInt8]

    /// `process` is its name, `service` what it does.
    package init(service: String, process: String, version: String) {
        resource = JSONWriter.bytes { writer in
            writer.beginObject()
            writer.key("attributes")
            writer.attributes([
                ("service.name", .string(service)), ("service.instance.id", .string(process)),
                ("service.version", .string(version)),
            ])
            writer.endObject()
        }
    }

    /// With its line feed.
    package func line(_ span: EndedSpan) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("resourceSpans")
        writer.onlyElement {
            $0.key("resource")
            $0.raw(resource)
            $0.key("scopeSpans")
            $0.onlyElement {
                $0.key("scope")
                $0.raw(#"{"name":"viva"}"#.utf8)
                $0.key("spans")
                $0.onlyElement { $0.members(of: span) }
            }
        }
        writer.endObject()
        return writer.bytes + [UInt8(ascii: "\n")]
    }
}

extension JSONWriter {
    fileprivate mutating func onlyElement(_ write: (inout JSONWriter) -> Void) {
        beginArray()
        beginObject()
        write(&self)
        endObject()
        endArray()
    }

    fileprivate mutating func members(of span: EndedSpan) {
        place(span.place)
        if let parent = span.parent {
            key("parentSpanId")
            string(parent.hexadecimal)
        }
        key("flags")
        integer(1)
        key("name")
        string(span.name)
        key("kind")
        integer(span.kind.number)
        key("startTimeUnixNano")
        string("\(span.start)")
        key("endTimeUnixNano")
        string("\(span.end)")
        key("attributes")
        attributes(span.attributes.sorted)
        if !span.events.isEmpty { events(span.events) }
        if !span.links.isEmpty { links(span.links) }
        if let status = span.status { self.status(status) }
    }

    private mutating func place(_ place: TraceParent) {
        key("traceId")
        string(place.trace.text)
        key("spanId")
        string(place.span.hexadecimal)
    }

    private mutating func links(_ links: [SpanLink]) {
        key("links")
        beginArray()
        for link in links {
            guard let place = link.context.traceParent else { continue }
            beginObject()
            self.place(place)
            endObject()
        }
        endArray()
    }

    private mutating func events(_ events: [SpanEvent]) {
        key("events")
        beginArray()
        for event in events {
            beginObject()
            key("timeUnixNano")
            string("\(event.nanosecondsSinceEpoch)")
            key("name")
            string(event.name)
            key("attributes")
            attributes(event.attributes.sorted)
            endObject()
        }
        endArray()
    }

    private mutating func status(_ status: SpanStatus) {
        key("status")
        beginObject()
        key("code")
        integer(status.code == .ok ? 1 : 2)
        endObject()
    }

    fileprivate mutating func attributes(_ attributes: [(String, SpanAttribute)]) {
        beginArray()
        for (name, value) in attributes {
            beginObject()
            key("key")
            string(name)
            key("value")
            beginObject()
            self.value(value)
            endObject()
            endObject()
        }
        endArray()
    }

    /// What we record are words, numbers and yes or no; anything else is said in words.
    private mutating func value(_ value: SpanAttribute) {
        switch value {
        case .int32(let number): integer(Int(number), as: "intValue")
        case .int64(let number): integer(Int(number), as: "intValue")
        case .bool(let flag):
            key("boolValue")
            bool(flag)
        case .string(let text):
            key("stringValue")
            string(text)
        default:
            key("stringValue")
            string("\(value)")
        }
    }

    private mutating func integer(_ number: Int, as name: StaticString) {
        key(name)
        string("\(number)")
    }
}

extension SpanAttributes {
    /// So that equal spans have equal lines.
    fileprivate var sorted: [(String, SpanAttribute)] {
        var all: [(String, SpanAttribute)] = []
        forEach { all.append(($0, $1)) }
        return all.sorted { $0.0 < $1.0 }
    }
}

extension SpanKind {
    /// As trace.proto numbers them.
    fileprivate var number: Int {
        switch self {
        case .internal: 1
        case .server: 2
        case .client: 3
        case .producer: 4
        case .consumer: 5
        }
    }
}
