/// How candidates come into a room.
package enum Admission: String, CaseIterable, Sendable {
    /// By themselves.
    case open
    /// They wait until an interviewer lets them in.
    case ask
}
