package import JSONText
package import RoomModel

extension Wish {
    /// The event in which a participant proposes it.
    package var event: ProposalEvent {
        switch self {
        case .language: .language
        case .locked: .lock
        case .ended: .end
        case .title: .title
        case .timer: .timer
        case .chat: .chat
        case .hidden: .hidden
        case .pasted: .pasted
        case .admission: .admission
        case .admitted: .admit
        }
    }

    /// Writes what stands in that event's argument beside the number.
    package func encodeArgument(into writer: inout JSONWriter) {
        switch self {
        case .ended: break
        case .timer(let running, let remaining):
            writer.key("running")
            writer.bool(running)
            writer.key("remaining")
            writer.integer(remaining)
        case .chat(let text):
            writer.key("text")
            writer.string(text)
        case .pasted(let length):
            writer.key("length")
            writer.integer(length)
        case .admitted(let participant):
            writer.key("participant")
            writer.string(participant.rawValue)
        // The others are proposed in the words in which they are committed.
        case .language, .locked, .title, .hidden, .admission: encode(into: &writer)
        }
    }
}
