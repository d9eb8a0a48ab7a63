import Foundation
import OperationalTransform
import TestSupport

// Replays the traces and times the smallest steps: `swift run -c release trace-replay`.

/// The best of some rounds, in nanoseconds: the rest is what else the machine does.
func bestOf(_ rounds: Int, _ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    var best = Duration.seconds(1_000)
    for _ in 0..<rounds { best = min(best, try clock.measure(body)) }
    return best / .nanoseconds(1)
}

func report(_ name: String, _ value: Double, _ unit: String) {
    print(
        "\(name.padding(toLength: 44, withPad: " ", startingAt: 0)) \(String(format: "%8.2f", value)) \(unit)"
    )
}

func replayTraces() throws {
    for name in Trace.names {
        let trace = try Trace(name)
        var document = Document("")
        let replaced = try bestOf(5) {
            document = Document(trace.startText)
            for patch in trace.patches {
                let range = patch.offset..<patch.offset + patch.deleted
                try document.replace(range, with: patch.inserted)
            }
        }
        precondition(document.text == trace.endText, "the end text differs")
        report("\(name) replace", replaced / 1e6, "ms")
        let applied = try bestOf(5) {
            document = Document(trace.startText)
            for patch in trace.patches {
                try document.apply(TextOperation(patch, length: document.length))
            }
        }
        precondition(document.text == trace.endText, "the end text differs")
        report("\(name) apply", applied / 1e6, "ms")
    }
}

func editLargeDocument() throws {
    let million = 1 << 20
    let start = Document(String(repeating: "let x = 1\n", count: million / 10))
    var document = start
    let edits = 20_000
    let ends = try bestOf(5) {
        document = start
        for index in 0..<edits {
            let offset = index.isMultiple(of: 2) ? index : document.length - index
            try document.replace(offset..<offset, with: [120])
        }
    }
    report("1 M units, opposite ends", ends / Double(edits), "ns/edit")
    var random = SeededGenerator(seed: 1)
    let offsets = (0..<edits).map { _ in random.below(million - 10) }
    let anywhere = try bestOf(5) {
        document = start
        for offset in offsets { try document.replace(offset..<offset, with: [120]) }
    }
    report("1 M units, anywhere", anywhere / Double(edits), "ns/edit")
    report("1 M units, text", bestOf(5) { _ = document.text.utf8.count } / 1e6, "ms")
    report("1 M units, init", bestOf(5) { _ = Document(document.text).length } / 1e6, "ms")
}

func timeSmallOperations() throws {
    let count = 100_000
    let a = try op("500 +a 500")
    let b = try op("700 +b -1 299")
    let next = try op("501 +b 500")
    var total = 0
    let transform = try bestOf(5) {
        for _ in 0..<count { total &+= try TextOperation.transform(a, b).aPrime.baseLength }
    }
    report("transform", transform / Double(count), "ns")
    let compose = try bestOf(5) {
        for _ in 0..<count { total &+= try a.composing(next).baseLength }
    }
    report("compose", compose / Double(count), "ns")
    var document = Document(String(repeating: "x", count: 1_000))
    let undo = try op("500 -1 500")
    let apply = try bestOf(5) {
        for _ in 0..<count / 2 {
            try document.apply(a)
            try document.apply(undo)
        }
    }
    report("apply", apply / Double(count), "ns")
    let build = try bestOf(5) {
        for _ in 0..<count {
            var operation = TextOperation()
            try operation.keep(500)
            operation.insert([97])
            try operation.keep(500)
            total &+= operation.targetLength
        }
    }
    report("build", build / Double(count), "ns (\(total == 0 ? "" : "sum checked"))")
}

try replayTraces()
try editLargeDocument()
try timeSmallOperations()
