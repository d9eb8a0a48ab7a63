/// Keep, insert and delete steps over a whole document, in UTF-16 code units.
///
/// It is always in normal form: no step is empty, neighbours of one kind are one step, and an insert
/// stands before a delete at the same place. So equal effects are equal values.
package struct TextOperation: Equatable, Sendable {
    /// The largest length a builder accepts: what JavaScript counts exactly, so both ends agree.
    ///
    /// It leaves room in an `Int` for every unit that fits into memory besides, so sums cannot trap.
    package static let lengthMax = 1 << 53 - 1

    /// Each step is its length, shifted left by two, and its kind: an operation of one edit makes
    /// two allocations, and one that inserts nothing makes one.
    private(set) var steps: [Int] = []
    /// The units of all inserts, one after the other.
    var insertedUnits: [UInt16] = []
    /// The length of a document the operation can be applied to.
    package private(set) var baseLength = 0
    /// The length of the document after it.
    package private(set) var targetLength = 0

    package init() {}

    /// An operation that is about to get about so many steps.
    init(stepsExpected: Int, insertedUnits: [UInt16] = []) {
        steps.reserveCapacity(stepsExpected)
        self.insertedUnits = insertedUnits
    }

    /// Whether it changes nothing.
    package var isIdentity: Bool {
        switch steps.count {
        case 0: true
        case 1: Kind(of: steps[0]) == .keep
        default: false
        }
    }

    /// All that it inserts, in one piece.
    package var insertedText: String { String(decoding: insertedUnits, as: UTF16.self) }

    // MARK: Building

    package mutating func keep(_ length: Int) throws(OperationError) {
        try checkRoom(for: length)
        append(.keep, length)
    }

    package mutating func insert(_ units: [UInt16]) {
        // The first insert shares the array it is given.
        if insertedUnits.isEmpty { insertedUnits = units } else { insertedUnits += units }
        append(.insert, units.count)
    }

    package mutating func insert(_ units: ArraySlice<UInt16>) {
        insertedUnits.append(contentsOf: units)
        append(.insert, units.count)
    }

    package mutating func insert(_ text: String) {
        insertedUnits.append(contentsOf: text.utf16)
        append(.insert, text.utf16.count)
    }

    package mutating func delete(_ length: Int) throws(OperationError) {
        try checkRoom(for: length)
        append(.delete, length)
    }

    private func checkRoom(for length: Int) throws(OperationError) {
        guard
            length >= 0, length <= Self.lengthMax - baseLength,
            length <= Self.lengthMax - targetLength
        else { throw .lengthOutOfRange }
    }

    // MARK: Steps

    enum Kind: Int {
        case keep = 0
        case insert = 1
        case delete = 2

        init(of step: Int) {
            self = step & 2 != 0 ? .delete : step & 1 != 0 ? .insert : .keep
        }
    }

    /// Appends a step in normal form; the units of an insert stand in `insertedUnits` already.
    mutating func append(_ kind: Kind, _ length: Int) {
        guard length > 0 else { return }
        if kind != .insert { baseLength += length }
        if kind != .delete { targetLength += length }
        guard let last = steps.last else {
            // Most operations have three or four steps: one allocation instead of three.
            steps.reserveCapacity(4)
            return steps.append(length << 2 | kind.rawValue)
        }
        if Kind(of: last) == kind {
            steps[steps.count - 1] += length << 2
        } else if kind == .insert, Kind(of: last) == .delete {
            insertBeforeLastDelete(length)
        } else {
            steps.append(length << 2 | kind.rawValue)
        }
    }

    private mutating func insertBeforeLastDelete(_ length: Int) {
        let lastDelete = steps.count - 1
        if lastDelete > 0, Kind(of: steps[lastDelete - 1]) == .insert {
            steps[lastDelete - 1] += length << 2
        } else {
            steps.insert(length << 2 | Kind.insert.rawValue, at: lastDelete)
        }
    }
}
