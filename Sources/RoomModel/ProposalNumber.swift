/// Tells the proposals of one participant apart; it grows with each, across reconnects, gaps allowed.
package struct ProposalNumber: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// What a participant has committed who has committed nothing; a first proposal is above it.
    package static let none = Self(rawValue: 0)

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
