extension TextOperation {
    /// Rewrites two concurrent operations so that each can follow the other: d·a·b′ = d·b·a′.
    ///
    /// Where both insert at one place, the text of `a` goes to the left. Owner and browser both pass
    /// the operation that is not yet committed as `a`, so they agree.
    package static func transform(
        _ a: TextOperation,
        _ b: TextOperation
    ) throws(OperationError) -> (aPrime: TextOperation, bPrime: TextOperation) {
        guard a.baseLength == b.baseLength else {
            throw .lengthMismatch(expected: b.baseLength, actual: a.baseLength)
        }
        let stepsExpected = a.steps.count + b.steps.count
        // No insert is split, dropped or moved over another, so the inserted units are the same.
        var aPrime = TextOperation(stepsExpected: stepsExpected, insertedUnits: a.insertedUnits)
        var bPrime = TextOperation(stepsExpected: stepsExpected, insertedUnits: b.insertedUnits)
        var aSteps = StepCursor(a)
        var bSteps = StepCursor(b)
        while true {
            if aSteps.kind == .insert {
                aPrime.append(.insert, aSteps.length)
                bPrime.append(.keep, aSteps.length)
                aSteps.skip(aSteps.length)
            } else if bSteps.kind == .insert {
                aPrime.append(.keep, bSteps.length)
                bPrime.append(.insert, bSteps.length)
                bSteps.skip(bSteps.length)
            } else if let aKind = aSteps.kind, let bKind = bSteps.kind {
                let length = min(aSteps.length, bSteps.length)
                // What one deletes is gone for the other; what both delete is gone already.
                if bKind == .keep { aPrime.append(aKind, length) }
                if aKind == .keep { bPrime.append(bKind, length) }
                aSteps.skip(length)
                bSteps.skip(length)
            } else {
                return (aPrime, bPrime)
            }
        }
    }

    /// Where `offset` stands after this operation.
    ///
    /// An insert exactly at `offset` pushes it right, so a selection follows what others type there.
    /// An offset in a deleted part ends where that part was; one outside of the document is taken
    /// for the nearest within.
    package func transforming(offset: Int) -> Int {
        let offset = min(max(0, offset), baseLength)
        var result = offset
        var passed = 0
        for step in steps {
            let length = step >> 2
            switch Kind(of: step) {
            case .keep: passed += length
            case .insert: result += length
            case .delete:
                result -= min(length, offset - passed)
                passed += length
            }
            if passed > offset { break }
        }
        return result
    }

    /// Where `offset`, taken after this operation, stood before it.
    ///
    /// An offset in an inserted part stood where that part is, so `transforming(offset:)` pushes it
    /// right again: a selection can be told to others before the edit it stands in is committed.
    package func offsetBefore(_ offset: Int) -> Int {
        let offset = min(max(0, offset), targetLength)
        var result = offset
        var passed = 0
        for step in steps {
            if passed >= offset { break }
            let length = step >> 2
            switch Kind(of: step) {
            case .keep: passed += length
            case .insert:
                result -= min(length, offset - passed)
                passed += length
            case .delete: result += length
            }
        }
        return result
    }
}
