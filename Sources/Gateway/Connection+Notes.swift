import EventLoopIsolation
import RoomModel
import SocketIO
import WireFormat

/// Private notes of this participant; whether they may write any is the owner's to say.
extension Connection {
    func receivedNote(_ event: SocketEvent, at now: Int) {
        guard event.attachments.isEmpty else { return rejectNote(event, .invalidProposal) }
        guard allows(event, at: now) else { return rejectNote(event, .rateLimited) }
        audience?.propose(.note(sender, body: event.arguments), at: now)
    }

    private func rejectNote(_ event: SocketEvent, _ rejection: Rejection) {
        let id = NoteEvent.id(in: event.arguments)
        send(.event("rejected", argumentsJSON: RoomMessage.rejected(note: id, rejection)))
    }
}
