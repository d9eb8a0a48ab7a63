import JSONText
package import NIOCore
import WireFormat

/// The file of `--json`: figures for people and programs, and all that a merge needs.
extension LoadReport {
    /// A file with another number is not read: histograms of other buckets would be added wrongly.
    private static let format = 1

    package var json: [UInt8] {
        JSONWriter.bytes { writer in
            writer.beginObject()
            writer.key("vivaLoadTest")
            writer.integer(Self.format)
            writer.key("startedMilliseconds")
            writer.integer(startedMilliseconds)
            writer.key("seconds")
            writer.integer(seconds)
            writer.key("target")
            writer.string(target)
            writer.key("rooms")
            writer.integer(rooms)
            writer.key("people")
            writer.integer(people)
            writer.key("interrupted")
            writer.bool(isInterrupted)
            if let lastRefusal {
                writer.key("lastRefusal")
                writer.string(lastRefusal)
            }
            writer.key("microseconds")
            writer.beginArray()
            for measure in Measure.allCases { Self.encode(measure, measurements, into: &writer) }
            writer.endArray()
            writer.key("counts")
            writer.beginArray()
            for tally in Tally.allCases { Self.encode(tally, measurements, into: &writer) }
            writer.endArray()
            writer.key("verification")
            verification.encode(into: &writer)
            writer.key("generators")
            writer.beginArray()
            for generator in generators { generator.encode(into: &writer) }
            writer.endArray()
            writer.key("timeline")
            measurements.timeline.encode(into: &writer)
            writer.endObject()
        }
    }

    private static func encode(
        _ measure: Measure,
        _ measurements: Measurements,
        into writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.key("name")
        writer.string(measure.name)
        writer.key("histogram")
        measurements[measure].encode(into: &writer)
        writer.endObject()
    }

    private static func encode(
        _ tally: Tally,
        _ measurements: Measurements,
        into writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.key("name")
        writer.string(tally.name)
        writer.key("count")
        writer.integer(measurements[tally])
        writer.endObject()
    }

    /// Reads what another generator wrote; names it does not know are passed over.
    package init(json: ByteBuffer) throws {
        self.init()
        var format = 0
        try json.readingJSON { reader in
            try reader.members { key, reader in
                switch key {
                case "vivaLoadTest": format = try reader.integer()
                default: try read(key, from: &reader)
                }
            }
        }
        guard format == Self.format else { throw ReportError.malformed }
    }

    private mutating func read(_ key: String, from reader: inout JSONReader) throws {
        switch key {
        case "startedMilliseconds": startedMilliseconds = try reader.count()
        case "seconds": seconds = try reader.count()
        case "target": target = try reader.string()
        case "rooms": rooms = try reader.count()
        case "people": people = try reader.count()
        case "interrupted": isInterrupted = try reader.bool()
        case "lastRefusal": lastRefusal = try reader.string()
        case "microseconds":
            try reader.named("histogram") { name, reader in
                let histogram = try Histogram(from: &reader)
                if let measure = Measure(named: name) { measurements[measure] = histogram }
            }
        case "counts":
            try reader.named("count") { name, reader in
                let count = try reader.count()
                if let tally = Tally(named: name) { measurements[tally] = count }
            }
        case "verification": verification = try Verification(from: &reader)
        case "generators":
            try reader.beginArray()
            while try reader.nextElement() { generators.append(try Generator(from: &reader)) }
        case "timeline": measurements.timeline = try Timeline(from: &reader)
        default: break
        }
    }
}

extension JSONReader {
    /// A number that can be added to others: a file from elsewhere must not make a sum overflow.
    mutating func count() throws -> Int {
        let number = try integer()
        guard (0...1 << 48).contains(number) else { throw ReportError.malformed }
        return number
    }

    /// Elements of the form `{"name": …, "<member>": …}`.
    fileprivate mutating func named(
        _ member: String,
        _ read: (String, inout JSONReader) throws -> Void
    ) throws {
        try beginArray()
        while try nextElement() {
            var name = ""
            try members { key, reader in
                switch key {
                case "name": name = try reader.string()
                case member: try read(name, &reader)
                default: break
                }
            }
        }
    }
}
