/// Goes through all there are in so many turns, round after round, about as many at each.
///
/// What comes during a round has its turn in the next one.
package struct Rounds<Element: Sendable>: Sendable {
    private let turns: Int
    private var turn = 0
    private var left: [Element] = []

    package init(turns: Int) { self.turns = turns }

    /// Whose turn it is, of those that were among `all` when the round began; some may be gone since.
    package mutating func next(of all: some Collection<Element>) -> [Element] {
        if turn == 0 { left = Array(all) }
        let count = (left.count + turns - turn - 1) / (turns - turn)
        let chosen = Array(left.suffix(count))
        left.removeLast(count)
        turn = (turn + 1) % turns
        return chosen
    }
}
