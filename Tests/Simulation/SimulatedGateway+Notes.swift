import Coordination
import Gateway
import NIOCore
import RoomModel
import WireFormat

/// The private notes, as in `RoomAudience+Notes`.
extension SimulatedGateway {
    var readers: [Seat] {
        sortedSeats.filter { $0.sender.role.hasNotes && $0.cursor != nil }
    }

    func noteWritten(_ json: ByteBuffer, count: Int, id: String) {
        switch notes.received(count: count, of: id, hasReaders: !readers.isEmpty) {
        case .deliver: deliverNotes(json)
        case .read: readNotes()
        case .skip: break
        }
    }

    func withNotes(for seat: Seat, _ welcome: @escaping (RoomNotes?) -> Void) {
        guard seat.sender.role.hasNotes else { return welcome(nil) }
        cluster.ask(name) {
            $0.allNotes
        } then: { [weak self] read in
            guard let self else { return }
            guard let read else { return drop(seat.sender.connection) }
            guard notes.isCurrent(read) else { return withNotes(for: seat, welcome) }
            notes.began(with: read)
            welcome(read)
        }
    }

    func readNotes() {
        cluster.ask(name) {
            $0.allNotes
        } then: { [weak self] read in
            guard let self else { return }
            let (action, gone) = notes.read(read)
            switch action {
            case .deliver: deliverNotes(read?.argument(gone: gone) ?? ByteBuffer())
            case .read: readNotes()
            case .skip: break
            }
        }
    }

    private func deliverNotes(_ json: ByteBuffer) {
        for seat in readers { toBrowser(seat) { try $0.noted(json) } }
    }
}
