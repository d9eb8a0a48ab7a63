/// A room's state at a revision: what a join begins with and the tail of the log is applied to.
package struct Snapshot: Equatable, Sendable {
    package var revision: Revision
    package var text: String
    package var language: String
    package var locked: Bool
    package var ended: Bool
    /// Nil where the room was made before titles were kept here: then `{room}:meta` has it.
    package var title: String?
    package var timer: Countdown?
    package var admission: Admission
    /// In the order of their first join.
    package var participants: [Participant]
    package var journal = Journal()
    /// A newer version wrote more into it than this one knows.
    package var holdsUnknown = false

    package init(
        revision: Revision = .zero,
        text: String,
        language: String,
        locked: Bool = false,
        ended: Bool = false,
        admission: Admission = .open,
        participants: [Participant] = []
    ) {
        self.revision = revision
        self.text = text
        self.language = language
        self.locked = locked
        self.ended = ended
        self.admission = admission
        self.participants = participants
    }
}
