import OperationalTransform

/// The text of a session in which several people replay a recording: each has a part of their own.
///
/// A line that nobody touches stands before each part, so patches keep their meaning whatever the
/// others type, and the operations are concurrent all the same.
enum ReplayText {
    static func make(_ trace: Trace, people: Int) -> String {
        (0..<people).map { heading($0) + trace.startText + "\n" }.joined()
    }

    /// Where the part of a person begins, behind its heading.
    static func partStart(of person: Int, in document: Document) -> Int? {
        let heading = Array(heading(person).utf16)
        return document.units.firstRange(of: heading)?.upperBound
    }

    private static func heading(_ person: Int) -> String { "⁂ \(person)\n" }
}
