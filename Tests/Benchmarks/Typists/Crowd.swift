import EventLoopIsolation
import LoadTest
import NIOCore

/// All simulated people: lets them in, makes them type at moments fixed beforehand, and measures.
@LoopActor
final class Crowd {
    private static let connectingMax = 100

    var figures = Figures(NIODeadline.distantPast..<NIODeadline.distantPast)
    private let dialect: Dialect
    private let dialer: Dialer
    private let personsPerRoom: Int
    private var rooms: [TypingRoom] = []
    private var people: [Typist] = []
    private var connectCount = 0
    private var enteredCount = 0
    private(set) var lostCount = 0
    private(set) var refusedCount = 0
    private var onEntered: CheckedContinuation<Void, any Error>?

    /// Tokens of one room stand together; its people spread over the ports as a balancer would do it.
    init(
        tokens: [String],
        personsPerRoom: Int,
        targets: [TargetURL],
        dialect: Dialect
    ) throws {
        self.dialect = dialect
        self.personsPerRoom = personsPerRoom
        dialer = try Dialer(targets, caFile: nil)
        for (index, token) in tokens.enumerated() {
            if index.isMultiple(of: personsPerRoom) { rooms.append(TypingRoom()) }
            let typist = Typist(
                index: index,
                token: token,
                dialect: dialect,
                room: rooms[rooms.count - 1],
                crowd: self
            )
            rooms[rooms.count - 1].typists.append(typist)
            people.append(typist)
        }
    }

    // MARK: Entering

    struct NotEverybodyEntered: Error {}

    func enter() async throws {
        try await withCheckedThrowingContinuation { continuation in
            onEntered = continuation
            for _ in 0..<min(Self.connectingMax, people.count) { connectNext() }
        }
    }

    private func connectNext() {
        guard connectCount < people.count else { return }
        let index = connectCount
        connectCount += 1
        people[index].connect(dialer, to: dialer.target(index / personsPerRoom + 1 + index))
    }

    func entered() {
        enteredCount += 1
        connectNext()
        if enteredCount == people.count {
            onEntered?.resume()
            onEntered = nil
        }
    }

    func lost() {
        lostCount += 1
        giveUpEntering()
    }

    func refused() {
        refusedCount += 1
        giveUpEntering()
    }

    /// What is measured with fewer people than were asked for would not be what was asked for.
    private func giveUpEntering() {
        onEntered?.resume(throwing: NotEverybodyEntered())
        onEntered = nil
    }

    // MARK: Typing

    /// Who types: so many in each of the first rooms, one room after the other.
    func typists(rooms count: Int, perRoom: Int) -> [Typist] {
        (0..<perRoom).flatMap { place in rooms.prefix(count).map { $0.typists[place] } }
    }

    var unfinishedCount: Int { people.reduce(0) { $0 + $1.unfinished } }

    /// Rooms whose people have not all seen the same; a relay's documents are nobody's concern.
    var disagreeingCount: Int { dialect == .viva ? rooms.count { !$0.agrees } : 0 }
}
