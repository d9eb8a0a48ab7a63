import JSONText
import Testing

@testable import LoadTest

@Suite struct TimelineTests {
    @Test func `a long run keeps every edit in fewer pieces`() {
        var timeline = Timeline()
        for second in 0..<10_000 { timeline.update(second: second) { $0.edits += 1 } }
        #expect(timeline.pieces.count <= Timeline.piecesMax)
        #expect(timeline.pieces.reduce(0) { $0 + $1.edits } == 10_000)
        #expect(timeline.secondsPerPiece == 16)
    }

    @Test func `a quiet second has as many people as the one before`() {
        var timeline = Timeline()
        timeline.update(second: 0) { $0.connected = 5 }
        timeline.update(second: 3) { $0.edits = 1 }
        #expect(timeline.pieces.map(\.connected) == [5, 5, 5, 5])
    }

    @Test func `another machine's seconds are laid over by the clock`() {
        var first = Timeline()
        for second in 0..<4 { first.update(second: second) { ($0.edits, $0.connected) = (1, 10) } }
        var late = Timeline()
        for second in 0..<4 { late.update(second: second) { ($0.edits, $0.connected) = (2, 20) } }
        first.add(late, delay: 2)
        #expect(first.pieces.map(\.edits) == [1, 1, 3, 3, 2, 2])
        #expect(first.pieces.map(\.connected) == [10, 10, 30, 30, 20, 20])
    }

    @Test func `pieces of different lengths are added as the longer`() {
        var short = Timeline()
        for second in 0..<8 { short.update(second: second) { $0.edits = 1 } }
        var long = Timeline()
        for second in 0..<8 { long.update(second: second) { $0.edits = 1 } }
        long.halve()
        short.add(long, delay: 0)
        #expect(short.secondsPerPiece == 2)
        #expect(short.pieces.map(\.edits) == [4, 4, 4, 4])
    }

    @Test func `it is read as it was written`() throws {
        var timeline = Timeline()
        timeline.update(second: 1) { piece in
            piece.arrival.record(1_000)
            (piece.edits, piece.errors, piece.connected, piece.processor) = (3, 1, 7, 42)
        }
        let bytes = JSONWriter.bytes { timeline.encode(into: &$0) }
        let read = try bytes.withUnsafeBytes { bytes in
            var reader = JSONReader(bytes)
            return try Timeline(from: &reader)
        }
        #expect(read.pieces.count == 2)
        #expect(read.pieces[1].arrival == timeline.pieces[1].arrival)
        #expect(read.pieces[1].processor == 42)
    }
}
