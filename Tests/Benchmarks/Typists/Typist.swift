import EventLoopIsolation
import LoadTest
import NIOCore

/// Everybody in one room, by the name under which their edits arrive.
@LoopActor
final class TypingRoom {
    var typists: [Typist] = []
    private(set) var byName: [String: Typist] = [:]

    func entered(_ typist: Typist, as name: String) { byName[name] = typist }

    /// Whether all have seen the same, as far as revision and length tell.
    var agrees: Bool { Set(typists.map { [$0.revision, $0.length] }).count <= 1 }
}

/// One participant: types when told, and notes when each edit arrives.
@LoopActor
final class Typist: TransportDelegate {
    /// An edit on its way, from the moment it was meant to be typed.
    private struct Edit {
        let intended: NIODeadline
        /// How many of the others have not seen it.
        var othersWaiting: Int
        /// Its author waits for it too, where authors are answered.
        var authorWaits: Bool

        var isFinished: Bool { othersWaiting == 0 && !authorWaits }
    }

    private let dialect: Dialect
    private let token: String
    private let room: TypingRoom
    private var socket: WebSocketTransport?
    private unowned let crowd: Crowd
    private var name: String
    private(set) var revision = 0
    private(set) var length = 0
    private var number = 0
    /// Typed, but not sent: the edit before them is not answered yet.
    private var unsent: [NIODeadline] = []
    private var ownIsInFlight = false
    private var underWay: [Int: Edit] = [:]

    init(index: Int, token: String, dialect: Dialect, room: TypingRoom, crowd: Crowd) {
        (self.dialect, self.token, self.room, self.crowd) = (dialect, token, room, crowd)
        name = "p\(index)"
    }

    func connect(_ dialer: Dialer, to target: Dialer.Target) {
        socket = dialer.openWebSocket(to: target, delegate: self)
    }

    /// Edits that are typed and not seen by everybody.
    var unfinished: Int { unsent.count + underWay.count }

    // MARK: Typing

    func type(intended: NIODeadline) {
        unsent.append(intended)
        sendNext()
    }

    private func sendNext() {
        while !unsent.isEmpty, !(dialect.waitsForOwn && ownIsInFlight) {
            number += 1
            ownIsInFlight = true
            underWay[number] = Edit(
                intended: unsent.removeFirst(),
                othersWaiting: room.typists.count - 1,
                authorWaits: dialect.waitsForOwn
            )
            send()
        }
    }

    /// Again, too, under its number: Viva commits it once.
    private func send() {
        say(dialect.edit(by: name, number: number, revision: revision, length: length))
    }

    private func say(_ text: String) { socket?.send(ByteBuffer(string: text)) }

    // MARK: Hearing

    func transportClosed(_ reason: String) { crowd.lost() }

    func transportReceived(_ text: ByteBuffer) {
        // Socket.IO's CONNECT follows Engine.IO's open packet.
        if text.readableBytesView.first == UInt8(ascii: "0") {
            return say(dialect.connect(token: token))
        }
        switch dialect.heard(text) {
        case .entered(let name, let revision, let length):
            (self.name, self.revision, self.length) = (name, revision, length)
            room.entered(self, as: name)
            crowd.entered()
        case .connected:
            room.entered(self, as: name)
            crowd.entered()
        case .edits(let arrivals, let revision):
            let now = NIODeadline.now()
            self.revision = revision
            length += arrivals.count
            for arrival in arrivals {
                room.byName[arrival.by]?.arrived(arrival.number, at: now, own: arrival.by == name)
            }
            sendNext()
        case .newOwner: if ownIsInFlight { send() }
        case .ping: say("3")
        case .refused: crowd.refused()
        case .nothing: break
        }
    }

    private func arrived(_ number: Int, at now: NIODeadline, own: Bool) {
        if own, number == self.number { ownIsInFlight = false }
        guard var edit = underWay[number] else { return }
        if own {
            edit.authorWaits = false
            crowd.figures.acknowledged(edit.intended, at: now)
        } else {
            edit.othersWaiting -= 1
            crowd.figures.arrived(edit.intended, at: now, last: edit.othersWaiting == 0)
        }
        underWay[number] = edit.isFinished ? nil : edit
    }
}
