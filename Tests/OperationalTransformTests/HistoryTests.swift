import OperationalTransform
import TestSupport
import Testing

/// Whole histories: what people really typed, and what a server has to make of it.
@Suite struct HistoryTests {
    @Test func `a server arrives at the operations that ot.js commits`() throws {
        for session in try TestData.lines(of: "ot-sessions.jsonl") {
            var room = PlainRoom(text: try session["startDoc"].text)
            for entry in try session["log"].elements {
                let committed = try room.commit(
                    TextOperation(entry["op"]),
                    base: entry["revision"].integer
                )
                let name = "session \(try session["session"].integer), \(room.log.count)"
                #expect(try committed == TextOperation(entry["serverOp"]), "\(name)")
                #expect(try room.log.count == entry["newRevision"].integer, "\(name)")
                #expect(try room.document.length == entry["docLength"].integer, "\(name)")
            }
        }
    }

    @Test func `two people who type at once end with one text`() throws {
        let history = "traces/friendsforever.concurrent"
        var room = PlainRoom(text: "")
        for line in try TestData.bytes(of: history + ".jsonl.gz").split(separator: 0x0A) {
            let entry = try JSONValue(parsing: line)
            let committed = try room.commit(
                TextOperation(entry["op"]),
                base: entry["rev"].integer
            )
            try require(committed == TextOperation(entry["serverOp"]), "revision \(room.log.count)")
        }
        #expect(room.log.count == 26_078)
        #expect(try room.document.text == TestData.text(of: history + ".end.txt"))
    }

    @Test(arguments: Trace.names)
    func `a real editing history ends with its text`(name: String) throws {
        let trace = try Trace(name)
        var document = Document(trace.startText)
        for patch in trace.patches {
            try document.apply(TextOperation(patch, length: document.length))
        }
        #expect(document.text == trace.endText)
    }

    /// `#expect` costs a hundred times the comparison; this is for the loops that would feel it.
    private func require(_ condition: Bool, _ comment: Comment) throws {
        guard !condition else { return }
        Issue.record(comment)
        throw CancellationError()
    }
}

/// The ordering part of a room and nothing else.
private struct PlainRoom {
    private(set) var document: Document
    private(set) var log: [TextOperation] = []

    init(text: String) { document = Document(text) }

    mutating func commit(_ operation: TextOperation, base: Int) throws -> TextOperation {
        var operation = operation
        for committed in log[base...] {
            operation = try TextOperation.transform(operation, committed).aPrime
        }
        try document.apply(operation)
        log.append(operation)
        return operation
    }
}
