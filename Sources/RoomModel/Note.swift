/// A private note, as the room's owner takes it down: interviewers alone receive it.
///
/// It stands beside the log and has no revision of its own, so nobody else sees even that it was written.
package struct Note: Equatable, Sendable {
    /// Made by its author's page, 16 letters and digits.
    package let id: String
    package let by: ParticipantID
    /// Empty where the note is deleted.
    package let text: String
    /// Milliseconds since 1970 by the owner's clock.
    package let at: Int
    /// How far the room was: what the note is about.
    package let revision: Revision

    package static let idLength = 16

    package init(id: String, by: ParticipantID, text: String, at: Int, revision: Revision) {
        self.id = id
        self.by = by
        self.text = text
        self.at = at
        self.revision = revision
    }
}

extension Role {
    /// Who writes private notes, and the only ones who ever receive them.
    package var hasNotes: Bool { self == .interviewer }
}
