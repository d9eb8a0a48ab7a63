/// A dictionary whose values have their turn once in so many, round after round, about as many at each.
///
/// What has to be done for thousands from time to time is done so, as all at once would hold up the loop.
package struct Rounds<Key: Hashable, Value> {
    private var turns: [[Key: Value]]
    private var next = 0

    package init(of count: Int) { turns = Array(repeating: [:], count: count) }

    package subscript(key: Key) -> Value? {
        get { turns[turn(of: key)][key] }
        set { turns[turn(of: key)][key] = newValue }
    }

    package var count: Int { turns.reduce(0) { $0 + $1.count } }

    package var values: some Sequence<Value> { turns.lazy.flatMap(\.values) }

    /// Those whose turn it is.
    package mutating func nextTurn() -> Dictionary<Key, Value>.Values {
        defer { next = (next + 1) % turns.count }
        return turns[next].values
    }

    /// By its hash, which nobody chooses.
    private func turn(of key: Key) -> Int {
        Int(UInt(bitPattern: key.hashValue) % UInt(turns.count))
    }
}
