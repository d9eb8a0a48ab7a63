extension TextOperation {
    /// One operation that does what this one and then `next` does: d·(a∘b) = (d·a)·b.
    package func composing(_ next: TextOperation) throws(OperationError) -> TextOperation {
        guard targetLength == next.baseLength else {
            throw .lengthMismatch(expected: targetLength, actual: next.baseLength)
        }
        var result = TextOperation(stepsExpected: steps.count + next.steps.count)
        result.insertedUnits.reserveCapacity(insertedUnits.count + next.insertedUnits.count)
        var first = StepCursor(self)
        var second = StepCursor(next)
        while true {
            if first.kind == .delete {
                result.append(.delete, first.length)
                first.skip(first.length)
            } else if second.kind == .insert {
                result.insert(next.insertedUnits[second.units(second.length)])
                second.skip(second.length)
            } else if let firstKind = first.kind, let secondKind = second.kind {
                let length = min(first.length, second.length)
                switch (firstKind, secondKind) {
                case (.insert, .keep): result.insert(insertedUnits[first.units(length)])
                case (.insert, _): break  // Inserted and deleted again: nothing is left of it.
                default: result.append(secondKind, length)
                }
                first.skip(length)
                second.skip(length)
            } else {
                return result
            }
        }
    }

    /// The operation that undoes this one; `document` is what this one is applied to.
    package func inverted(over document: Document) throws(OperationError) -> TextOperation {
        guard baseLength == document.length else {
            throw .lengthMismatch(expected: document.length, actual: baseLength)
        }
        var result = TextOperation(stepsExpected: steps.count)
        var offset = 0
        for step in steps {
            let length = step >> 2
            switch Kind(of: step) {
            case .keep:
                result.append(.keep, length)
                offset += length
            case .insert: result.append(.delete, length)
            case .delete:
                result.insert(document.units(in: offset..<offset + length))
                offset += length
            }
        }
        return result
    }
}
