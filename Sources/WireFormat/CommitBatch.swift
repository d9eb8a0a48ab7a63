package import NIOCore
package import RoomModel

/// Consecutive commits as bytes: how they are published, framed and sent without being read.
///
/// On the channel it is `1 commits <epoch> <first revision> <length>,<length>…`, a line feed, and the
/// JSON array whose elements have those lengths in bytes. So a gateway can cut off what a
/// connection has already, and decodes nothing. Behind the lengths of a batch that is traced stands a
/// `TraceParent`, which a version without tracing passes over.
package struct CommitBatch: Equatable, Sendable {
    package let epoch: Epoch
    package let first: Revision
    /// Length in bytes of each commit's JSON.
    package let lengths: [Int]
    /// The JSON array, brackets included.
    package let json: ByteBuffer
    /// The call that committed it; nil where that is not traced.
    package var trace: TraceParent?

    package var last: Revision { place.revision }

    /// The end of the batch: read once, as everybody who gets the batch is there then.
    package let place: LogPlace

    /// When a commit of the batch was made; nil for one that is not in it.
    package func time(of revision: Revision) -> Int? {
        Self.time(of: revision.rawValue - first.rawValue, lengths, json)
    }

    private static func time(of index: Int, _ lengths: [Int], _ json: ByteBuffer) -> Int? {
        guard lengths.indices.contains(index) else { return nil }
        let offset = 1 + lengths.prefix(index).reduce(0) { $0 + $1 + 1 }
        return json.getSlice(at: json.readerIndex + offset, length: lengths[index])?.commitTime
    }

    /// The header line of a batch, its line feed included: commit.lua puts the array behind it.
    package static func header(
        epoch: Epoch,
        first: Revision,
        lengths: [Int],
        trace: TraceParent? = nil
    ) -> String {
        let sizes = lengths.map(String.init).joined(separator: ",")
        let last = trace.map { " " + $0.text } ?? ""
        return "\(HeaderLine.version) commits \(epoch.rawValue) \(first.rawValue) \(sizes)\(last)\n"
    }

    /// The batch without the commits up to `revision`, nil if nothing is left.
    package func dropping(through revision: Revision) -> CommitBatch? {
        let dropped = revision.rawValue - first.rawValue + 1
        guard dropped > 0 else { return self }
        guard dropped < lengths.count else { return nil }
        // Each dropped commit takes its comma along; the opening bracket is written anew.
        let skipped = 1 + lengths.prefix(dropped).reduce(0) { $0 + $1 + 1 }
        var rest = ByteBuffer(string: "[")
        rest.writeImmutableBuffer(
            json.getSlice(at: json.readerIndex + skipped, length: json.readableBytes - skipped)
                ?? ByteBuffer()
        )
        return CommitBatch(
            epoch: epoch,
            first: revision.next,
            lengths: Array(lengths.dropFirst(dropped)),
            json: rest,
            trace: trace
        )
    }

    package init(
        epoch: Epoch,
        first: Revision,
        lengths: [Int],
        json: ByteBuffer,
        trace: TraceParent? = nil
    ) {
        self.epoch = epoch
        self.first = first
        self.lengths = lengths
        self.json = json
        self.trace = trace
        place = LogPlace(
            Revision(rawValue: first.rawValue + lengths.count - 1),
            at: Self.time(of: lengths.count - 1, lengths, json)
        )
    }

    /// A batch of log entries: each is one commit's JSON.
    package init(epoch: Epoch, first: Revision, entries: [ByteBuffer]) {
        var json = ByteBuffer()
        json.reserveCapacity(entries.reduce(2) { $0 + $1.readableBytes + 1 })
        json.writeInteger(UInt8(ascii: "["))
        for (index, entry) in entries.enumerated() {
            if index > 0 { json.writeInteger(UInt8(ascii: ",")) }
            json.writeImmutableBuffer(entry)
        }
        json.writeInteger(UInt8(ascii: "]"))
        self.init(
            epoch: epoch,
            first: first,
            lengths: entries.map(\.readableBytes),
            json: json
        )
    }

    init(_ header: HeaderLine) throws(WireError) {
        let lengths = try Self.lengths(in: header)
        // Each is at most the body's, so the sum does not overflow.
        guard header.body.readableBytes == lengths.reduce(1, { $0 + $1 + 1 }),
            let first = Revision.checked(try header.number(2)), first > .zero
        else { throw .malformed }
        self.init(
            epoch: Epoch(rawValue: try header.number(1)),
            first: first,
            lengths: lengths,
            json: header.body,
            trace: header.traceParent(4)
        )
    }

    private static func lengths(in header: HeaderLine) throws(WireError) -> [Int] {
        let lengths = try header.numbers(3)
        guard lengths.allSatisfy({ $0 > 0 && $0 <= header.body.readableBytes }) else {
            throw .malformed
        }
        return lengths
    }

    func encoded() -> ByteBuffer {
        var buffer = ByteBuffer(
            string: Self.header(epoch: epoch, first: first, lengths: lengths, trace: trace)
        )
        buffer.writeImmutableBuffer(json)
        return buffer
    }
}
