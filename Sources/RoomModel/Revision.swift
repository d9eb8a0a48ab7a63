/// How many commits the room has seen; the revision of a commit is the count with itself included.
package struct Revision: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// A room in which nothing has happened yet.
    package static let zero = Self(rawValue: 0)

    package var next: Self { Self(rawValue: rawValue + 1) }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
