/// A place in a room's log: a revision, and when its commit was made.
///
/// A log that lost its end in a failure and went on has the same revisions again, with other commits.
/// Two logs that agree on a place agree on everything before it.
package struct LogPlace: Hashable, Sendable {
    package let revision: Revision
    /// Nil where nobody said: then only the revision can be compared.
    package let at: Int?

    package init(_ revision: Revision, at: Int?) {
        self.revision = revision
        self.at = at
    }

    /// Before the first commit: every log begins here.
    package static let start = Self(.zero, at: nil)

    /// Whether a log in which the commit of this revision was made at `time` can be the one meant.
    package func agrees(with time: Int?) -> Bool { at == nil || time == nil || at == time }
}
