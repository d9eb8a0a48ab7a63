/// What a participant wants changed in a room beside its text, or reports of their page.
///
/// Granted, it is what the commit says.
package enum Wish: Equatable, Sendable {
    case language(String)
    case locked(Bool)
    case ended
    case title(String)
    /// Sets the timer that everybody sees; `remaining` in milliseconds at the moment of the commit.
    case timer(running: Bool, remaining: Int)
    /// Says something to everybody.
    case chat(String)
    /// Whether the participant's page is out of sight.
    case hidden(Bool)
    /// That so many code units were pasted at once.
    case pasted(Int)
    case admission(Admission)
    /// Lets somebody in who waits.
    case admitted(ParticipantID)

    /// Whether the page reports it and nobody asked for it: then it is nobody's unsaved work.
    package var isReport: Bool {
        switch self {
        case .hidden, .pasted: true
        default: false
        }
    }

    /// What somebody wrote in it, to be offered again where it was refused.
    package var text: String {
        switch self {
        case .chat(let text), .title(let text): text
        default: ""
        }
    }

    /// What becomes of a wish that waits when another comes, if the two are one.
    ///
    /// Of most kinds only the last would be seen. What was said stays beside what was said before, and
    /// so does everybody who is let in; what was pasted adds up.
    package func joining(_ later: Wish) -> Wish? {
        switch (self, later) {
        case (.language, .language), (.locked, .locked), (.ended, .ended), (.title, .title),
            (.timer, .timer), (.hidden, .hidden), (.admission, .admission):
            later
        case (.pasted(let earlier), .pasted(let length)):
            .pasted(min(earlier + length, Limits.Room.documentLengthMax))
        case (.admitted(let earlier), .admitted(let participant)):
            earlier == participant ? later : nil
        default: nil
        }
    }
}

/// How candidates come into a room.
package enum Admission: String, Sendable {
    /// By themselves.
    case open
    /// They wait until an interviewer lets them in.
    case ask
}
