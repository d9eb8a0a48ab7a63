import JSONText
import NIOCore
import RoomModel
package import WireFormat

extension OwnerState.Incoming {
    /// Reads a message as far as the owner has to; nil for what is none of the room's business.
    package init?(_ message: OwnerMessage) {
        switch message {
        case .proposal(let event, let sender, let body):
            do {
                self = .proposal(sender, try event.request(from: body))
            } catch {
                self = .malformed(sender, error)
            }
        case .note(let sender, let body):
            do {
                self = .note(sender, try NoteEvent(body))
            } catch {
                self = .malformedNote(sender, error)
            }
        case .join(let sender, let name): self = .join(sender, name: name)
        case .leave(let sender, let reason): self = .leave(sender, reason)
        case .holding(let gateway, let senders): self = .holding(gateway: gateway, senders)
        case .claimed: return nil
        case .traced(let message, _): self.init(message)
        }
    }
}

extension RoomMessage {
    package init(_ answer: OwnerState.Answer) {
        switch answer {
        case .rejected(let participant, let number, let rejection):
            self = .rejected(participant, body: Self.rejected(number, rejection))
        case .noteRejected(let participant, let note, let rejection):
            self = .rejected(participant, body: Self.rejected(note: note, rejection))
        case .admitted(let connection): self = .admitted(connection)
        case .held(let connection): self = .held(connection)
        case .refused(let connection, let rejection): self = .refused(connection, rejection)
        case .evicted(let connection): self = .evicted(connection)
        case .head(let revision): self = .head(revision)
        }
    }
}
