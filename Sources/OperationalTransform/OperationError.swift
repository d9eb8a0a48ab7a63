/// Why an operation cannot be done; a peer can cause every one of these.
package enum OperationError: Error, Equatable {
    /// The operation was made for a text of another length.
    case lengthMismatch(expected: Int, actual: Int)
    /// A step's length, or the sum of them, is negative or beyond `TextOperation.lengthMax`.
    case lengthOutOfRange
    /// The document would be left with half of a surrogate pair.
    case splitsSurrogatePair
}
