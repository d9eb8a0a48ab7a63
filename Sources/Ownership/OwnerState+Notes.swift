import RoomModel
import WireFormat

/// Private notes: who may write one.
extension OwnerState {
    /// After the end of a session too: what is noted then changes nothing in it.
    func write(
        _ note: NoteEvent,
        by sender: OwnerMessage.Sender,
        in room: Room,
        at now: Int,
        into batch: inout Batch
    ) {
        guard isHeard(sender, into: &batch) else { return }
        guard sender.role.hasNotes, room.roster[sender.participant] != nil else {
            return reject(note.id, of: sender, .forbidden, into: &batch)
        }
        // Notes have no numbers, so a late copy by an older connection could undo a newer text. Whoever
        // is not known to be there is silent to us, and sends it again once their gateway has told.
        // In a session that has ended nobody comes back, and whom the log took for gone stays unknown.
        let known = attendance.connection(of: sender.participant)
        guard known == sender.connection || known == nil && room.ended else { return }
        batch.notes.append(
            Note(
                id: note.id,
                by: sender.participant,
                text: note.text,
                at: now,
                revision: room.revision
            )
        )
    }

    func reject(
        _ note: String,
        of sender: OwnerMessage.Sender,
        _ rejection: Rejection,
        into batch: inout Batch
    ) {
        batch.answers.append(.noteRejected(sender.participant, note: note, rejection))
    }
}
