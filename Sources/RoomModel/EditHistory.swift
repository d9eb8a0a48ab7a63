package import OperationalTransform

/// The operations of the newest commits, by revision, for late edits to be transformed over.
package struct EditHistory: Sendable {
    /// One entry a commit, oldest first; nil where the commit was no edit.
    ///
    /// Begins at `start`.
    private var operations: [TextOperation?] = []
    /// An edit made against this revision or a later one can be brought up to date.
    package private(set) var start: Revision

    package init(start: Revision) {
        self.start = start
    }

    package mutating func append(_ operation: TextOperation?) {
        operations.append(operation)
        // Trimmed by halves, so that appending costs the same however long the history is.
        if operations.count >= 2 * Limits.Log.historyCommitsMax {
            let surplus = operations.count - Limits.Log.historyCommitsMax
            operations.removeFirst(surplus)
            start = Revision(rawValue: start.rawValue + surplus)
        }
    }

    /// Rewrites an operation made at `base` so that it follows all that was committed since.
    package func transforming(
        _ operation: TextOperation,
        from base: Revision
    ) throws(Rejection) -> TextOperation {
        guard base >= start else { throw .tooOld }
        let missed = operations[(base.rawValue - start.rawValue)...]
        var transformed = operation
        for case .some(let committed) in missed {
            do {
                // The uncommitted operation comes first: on a tie its insert stands to the left.
                transformed = try TextOperation.transform(transformed, committed).aPrime
            } catch { throw .lengthMismatch }
        }
        return transformed
    }
}
