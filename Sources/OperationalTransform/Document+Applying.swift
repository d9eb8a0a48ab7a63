extension Document {
    /// Changes the document as `operation` says, or not at all.
    package mutating func apply(_ operation: TextOperation) throws(OperationError) {
        guard operation.baseLength == length else {
            throw .lengthMismatch(expected: length, actual: operation.baseLength)
        }
        try checkSurrogates(operation)
        var offset = 0
        var inserted = 0
        for step in operation.steps {
            let stepLength = step >> 2
            switch TextOperation.Kind(of: step) {
            case .keep: offset += stepLength
            case .insert:
                let units = operation.insertedUnits[inserted..<inserted + stepLength]
                splice(offset..<offset, units)
                offset += stepLength
                inserted += stepLength
            case .delete: splice(offset..<offset + stepLength, [])
            }
        }
    }

    /// Puts `units` in the place of a range: an edit at one place without an operation for it.
    package mutating func replace(
        _ range: Range<Int>,
        with units: [UInt16]
    ) throws(OperationError) {
        guard range.lowerBound >= 0, range.upperBound <= length else {
            throw .lengthMismatch(expected: length, actual: range.upperBound)
        }
        var seam = Seam()
        try seam.passKept(0..<range.lowerBound, of: &self)
        try seam.passInserted(units[...])
        try seam.passKept(range.upperBound..<length, of: &self)
        try seam.end()
        splice(range, units[...])
    }

    private mutating func checkSurrogates(_ operation: TextOperation) throws(OperationError) {
        var seam = Seam()
        var offset = 0
        var inserted = 0
        for step in operation.steps {
            let stepLength = step >> 2
            switch TextOperation.Kind(of: step) {
            case .keep:
                try seam.passKept(offset..<offset + stepLength, of: &self)
                offset += stepLength
            case .insert:
                try seam.passInserted(
                    operation.insertedUnits[inserted..<inserted + stepLength]
                )
                inserted += stepLength
            case .delete: offset += stepLength
            }
        }
        try seam.end()
    }
}

/// Follows the parts a document will consist of and finds halves of surrogate pairs between them.
///
/// A kept part is whole inside, as the document is, so only its two ends are looked at.
private struct Seam {
    /// The unit passed last was the first half of a pair, so the second has to follow.
    private var isOpen = false

    mutating func passKept(
        _ range: Range<Int>,
        of document: inout Document
    ) throws(OperationError) {
        guard !range.isEmpty else { return }
        // The ends of the document are whole, and far from where the edit is: do not go there.
        if isOpen || range.lowerBound > 0 { try pass(document.unit(at: range.lowerBound)) }
        isOpen =
            range.upperBound < document.length
            && UTF16.isLeadSurrogate(document.unit(at: range.upperBound - 1))
    }

    mutating func passInserted(_ units: ArraySlice<UInt16>) throws(OperationError) {
        for unit in units { try pass(unit) }
    }

    mutating func end() throws(OperationError) {
        if isOpen { throw .splitsSurrogatePair }
    }

    private mutating func pass(_ unit: UInt16) throws(OperationError) {
        guard UTF16.isTrailSurrogate(unit) == isOpen else { throw .splitsSurrogatePair }
        isOpen = UTF16.isLeadSurrogate(unit)
    }
}
