/// How many commits the room has seen; the revision of a commit is the count with itself included.
package struct Revision: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// A room in which nothing has happened yet.
    package static let zero = Self(rawValue: 0)

    package var next: Self { Self(rawValue: rawValue + 1) }

    /// JavaScript counts exactly up to here, so nobody honest names a later one, and what is counted
    /// on from it stays far from the end of `Int`.
    package static let max = Self(rawValue: 1 << 53 - 1)

    /// What another process or a browser wrote; nil where no room can have seen so many commits.
    package static func checked(_ value: Int) -> Self? {
        (0...max.rawValue).contains(value) ? Self(rawValue: value) : nil
    }

    /// The nearest that a room can have, where nothing but what is asked for depends on it.
    package static func nearest(to value: Int) -> Self {
        Self(rawValue: min(Swift.max(0, value), max.rawValue))
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
