/// Gives each its turn once in so many, round after round, about as many at each turn.
package struct Rounds<Element: Hashable & Sendable>: Sendable {
    private var turns: [Set<Element>]
    private var next = 0

    package init(of count: Int) { turns = Array(repeating: [], count: count) }

    package mutating func insert(_ element: Element) { turns[turn(of: element)].insert(element) }

    package mutating func remove(_ element: Element) { turns[turn(of: element)].remove(element) }

    /// Whose turn it is.
    package mutating func nextTurn() -> Set<Element> {
        defer { next = (next + 1) % turns.count }
        return turns[next]
    }

    /// By its hash, which nobody chooses.
    private func turn(of element: Element) -> Int {
        Int(UInt(bitPattern: element.hashValue) % UInt(turns.count))
    }
}
