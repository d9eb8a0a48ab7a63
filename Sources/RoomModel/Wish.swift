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

    /// Whether it is said beside what was said before: of all others only the last would be seen.
    package var addsUp: Bool {
        switch self {
        case .chat, .pasted, .admitted: true
        default: false
        }
    }

    package func isLike(_ other: Wish) -> Bool {
        switch (self, other) {
        case (.language, .language), (.locked, .locked), (.ended, .ended), (.title, .title),
            (.timer, .timer), (.chat, .chat), (.hidden, .hidden), (.pasted, .pasted),
            (.admission, .admission), (.admitted, .admitted):
            true
        default: false
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
