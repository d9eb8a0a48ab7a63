/// What is measured, each as a duration; its case is its name in `--expect`, JSON and reports.
package enum Measure: Int, CaseIterable, Sendable {
    /// From the intended moment of a keystroke to the commit that holds it, at its author.
    case ack
    /// The same, at each other participant.
    case arrival
    /// From the intended moment of coming to an open Engine.IO transport: TCP, TLS, upgrade.
    case connect
    /// From the intended moment of coming to the welcome, folded.
    case join
    /// From the intended moment of coming back to the welcome.
    case resume
    /// What was typed without a network, from the moment of coming back to its commit.
    case recovery
    /// One call that creates a session.
    case create
    /// How late the generator itself was: from the moment something was due to its beginning.
    case lateness

    package var name: String { "\(self)" }

    package init?(named name: some StringProtocol) {
        guard let known = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = known
    }

    package var meaning: String {
        switch self {
        case .ack: "keystroke → own acknowledgement"
        case .arrival: "keystroke → every other participant"
        case .connect: "connect"
        case .join: "join"
        case .resume: "resume"
        case .recovery: "typed offline → acknowledgement"
        case .create: "create a session"
        case .lateness: "the generator's own lateness"
        }
    }
}

/// What is counted.
package enum Tally: Int, CaseIterable, Sendable {
    /// Edits, in the sense of keystrokes: several may travel in one proposal.
    case edits
    /// Proposals that carry them and whatever else is proposed.
    case proposals
    case acknowledgements
    /// An edit at one of the others.
    case arrivals
    case selections
    case joins
    case leaves
    /// Connections that a person gave up on purpose, as a network that fails does.
    case networkLosses
    case resumes
    /// Connections that ended although nobody here wanted it.
    case disconnects
    /// A connection that could not be made or was not let in.
    case refusals
    case rejections
    /// Answers of 429.
    case rateLimited
    /// A proposal sent once more, after an epoch or a silence.
    case repeats

    package var name: String { "\(self)" }

    /// The name as people write it: `networkLosses` is "network losses".
    var words: String {
        name.reduce(into: "") { words, letter in
            words += letter.isUppercase ? " " + letter.lowercased() : String(letter)
        }
    }

    package init?(named name: some StringProtocol) {
        guard let known = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = known
    }

    /// What a healthy deployment shows none of.
    package static let errors: [Tally] = [.disconnects, .refusals, .rejections, .rateLimited]
}
