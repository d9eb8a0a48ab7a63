extension TextOperation {
    /// One step as others see it.
    package enum Step: Equatable, Sendable {
        case keep(Int)
        case insert(ArraySlice<UInt16>)
        case delete(Int)
    }

    /// How many steps there are.
    package var stepCount: Int { steps.count }

    /// Calls `body` with each step, front to back.
    package func forEachStep<Failure: Error>(
        _ body: (Step) throws(Failure) -> Void
    ) throws(Failure) {
        var cursor = StepCursor(self)
        while let kind = cursor.kind {
            switch kind {
            case .keep: try body(.keep(cursor.length))
            case .insert: try body(.insert(insertedUnits[cursor.units(cursor.length)]))
            case .delete: try body(.delete(cursor.length))
            }
            cursor.skip(cursor.length)
        }
    }
}

/// A place among the steps of an operation, from which they are taken whole or in parts.
struct StepCursor {
    private let steps: [Int]
    private var index = 0
    private var unitsOffset = 0
    /// What the step here does; nil behind the last one.
    private(set) var kind: TextOperation.Kind?
    /// How much of it is left.
    private(set) var length = 0

    init(_ operation: TextOperation) {
        steps = operation.steps
        load()
    }

    /// Where the next `length` units of the insert here stand in `insertedUnits`.
    func units(_ length: Int) -> Range<Int> {
        unitsOffset..<unitsOffset + length
    }

    mutating func skip(_ taken: Int) {
        if kind == .insert { unitsOffset += taken }
        length -= taken
        if length == 0 {
            index += 1
            load()
        }
    }

    private mutating func load() {
        guard index < steps.count else {
            kind = nil
            return
        }
        kind = TextOperation.Kind(of: steps[index])
        length = steps[index] >> 2
    }
}
