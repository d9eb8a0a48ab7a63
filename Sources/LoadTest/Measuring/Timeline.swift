/// What happened in each second, or in longer pieces of a long run.
///
/// Bounded: when there are as many pieces as a page can show, neighbours become one.
package struct Timeline: Sendable {
    package static let piecesMax = 1_200

    package struct Piece: Sendable {
        package var ack = Histogram()
        package var arrival = Histogram()
        package var edits = 0
        package var errors = 0
        /// People connected at the end of the piece.
        package var connected = 0
        /// Of one core, in percent.
        package var processor = 0

        mutating func add(_ other: Piece) {
            ack.add(other.ack)
            arrival.add(other.arrival)
            edits += other.edits
            errors += other.errors
        }
    }

    package internal(set) var secondsPerPiece = 1
    package internal(set) var pieces: [Piece] = []

    package init() {}

    /// The piece of a second since the start, which has to be counted from zero.
    package mutating func update(second: Int, _ change: (inout Piece) -> Void) {
        let second = max(0, second)
        while second / secondsPerPiece >= Self.piecesMax { halve() }
        let index = second / secondsPerPiece
        while pieces.count <= index {
            var next = Piece()
            next.connected = pieces.last?.connected ?? 0
            pieces.append(next)
        }
        change(&pieces[index])
    }

    mutating func halve() {
        pieces = stride(from: 0, to: pieces.count, by: 2).map { index in
            guard index + 1 < pieces.count else { return pieces[index] }
            var joined = pieces[index]
            joined.add(pieces[index + 1])
            joined.connected = pieces[index + 1].connected
            joined.processor = (joined.processor + pieces[index + 1].processor) / 2
            return joined
        }
        secondsPerPiece *= 2
    }

    /// Adds what another generator saw, which began `delay` seconds later than this one.
    package mutating func add(_ other: Timeline, delay: Int) {
        var other = other
        while other.secondsPerPiece < secondsPerPiece { other.halve() }
        while secondsPerPiece < other.secondsPerPiece { halve() }
        for (index, piece) in other.pieces.enumerated() {
            let second = delay + index * other.secondsPerPiece
            // Before it came and after it has gone, a generator has nobody connected.
            while second / secondsPerPiece >= pieces.count, pieces.count < Self.piecesMax {
                pieces.append(Piece())
            }
            update(second: second) { own in
                own.add(piece)
                own.connected += piece.connected
                own.processor += piece.processor
            }
        }
    }
}
