import NIOCore
import RoomModel

/// The private notes of an interviewer, and what becomes of somebody else's attempt to write one.
extension SimulatedBrowser {
    func begin(with notes: ByteBuffer) throws { try book.begin(notes) }

    func noted(_ notes: ByteBuffer) throws { try book.received(notes) }

    func note(_ id: String, _ text: String) {
        guard !isShutOut else { return }
        book.write(id, text)
        sendNotes()
    }

    /// As a page of somebody's own making would, who may not.
    func tryToNote(_ id: String, _ text: String) {
        guard isWelcome || isHeld, let connection else { return }
        cluster.fromBrowser(note: NoteBook.argument(id, text), on: connection)
    }

    func sendNotes() {
        notedAt = cluster.now
        guard isWelcome, let connection else { return }
        for (id, text) in book.unsaved.sorted(by: { $0.key < $1.key }) {
            cluster.fromBrowser(note: NoteBook.argument(id, text), on: connection)
        }
    }
}
