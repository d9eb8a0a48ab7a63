import JSONText

extension Histogram {
    /// The histogram as a file holds it: what people read, then the buckets, bucket and count in turn.
    func encode(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("count")
        writer.integer(count)
        if count > 0 { encodeQuantiles(into: &writer) }
        writer.key("max")
        writer.integer(max)
        writer.key("buckets")
        writer.beginArray()
        for (bucket, count) in counts.enumerated() where count > 0 {
            writer.integer(bucket)
            writer.integer(count)
        }
        writer.endArray()
        writer.endObject()
    }

    private func encodeQuantiles(into writer: inout JSONWriter) {
        let shares: [(StaticString, Double)] = [
            ("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999),
        ]
        writer.key("mean")
        writer.integer(mean ?? 0)
        for (name, share) in shares {
            writer.key(name)
            writer.integer(value(at: share) ?? 0)
        }
    }

    init(from reader: inout JSONReader) throws {
        self.init()
        try reader.members { key, reader in
            switch key {
            case "max": reached(max: Swift.min(Swift.max(0, try reader.integer()), Self.valueMax))
            case "buckets": try readBuckets(from: &reader)
            default: break
            }
        }
    }

    private mutating func readBuckets(from reader: inout JSONReader) throws {
        try reader.beginArray()
        while try reader.nextElement() {
            let bucket = try reader.integer()
            guard try reader.nextElement() else { throw ReportError.malformed }
            let count = try reader.integer()
            // A file from elsewhere must not make us take memory or overflow.
            guard (0..<Self.bucketsMax).contains(bucket), (1...1 << 48).contains(count) else {
                throw ReportError.malformed
            }
            add(count, toBucket: bucket)
        }
    }
}
