import Gateway
import RoomModel
import TestSupport
import Testing
import WireFormat

/// A feed between a channel that repeats and reorders, and may lose, and a log that answers late.
private struct UnreliableRoom {
    private var random: SeededGenerator
    private var feed = RoomFeed()
    /// How many commits the log has: each counts one.
    private var newest = 0
    /// Published and not yet heard.
    private var onChannel: [CommitBatch] = []
    /// What the log answered, on its way.
    private var answer: LogPage?
    private var delivered: [Int] = []
    /// Where the room was when the feed started.
    private var since: Int?
    private let loses: Bool

    init(seed: UInt64, loses: Bool) {
        random = SeededGenerator(seed: seed)
        self.loses = loses
    }

    mutating func step() {
        switch random.below(10) {
        case 0..<3: commit()
        case 3..<6: hear()
        case 6: if loses, !onChannel.isEmpty { onChannel.removeFirst() }
        case 7: carryOut(feed.mayHaveMissed())
        case 8: start()
        default: answerArrives()
        }
    }

    /// Nothing more is committed; where something was lost, the subscription was interrupted.
    mutating func settle() {
        start()
        while !onChannel.isEmpty, !loses { hear() }
        if loses { carryOut(feed.mayHaveMissed()) }
        while answer != nil { answerArrives() }
    }

    /// Whether what was delivered is all there is, in order, once.
    var isComplete: Bool {
        since.map { delivered == Array($0..<newest).map { $0 + 1 } } ?? false
    }

    private mutating func start() {
        if since == nil { since = newest }
        carryOut(feed.started(at: place(newest), epoch: Epoch(rawValue: 1)))
    }

    private mutating func commit() {
        let count = 1 + random.below(3)
        onChannel.append(batch(newest + 1...newest + count))
        newest += count
    }

    private mutating func hear() {
        guard !onChannel.isEmpty else { return }
        let place = random.chance(percent: 70) ? 0 : random.below(onChannel.count)
        let heard = random.chance(percent: 10) ? onChannel[place] : onChannel.remove(at: place)
        carryOut(feed.received(heard))
    }

    private mutating func answerArrives() {
        guard let answer else { return }
        self.answer = nil
        for action in feed.read(answer) { carryOut(action) }
    }

    private mutating func carryOut(_ action: RoomFeed.Action) {
        switch action {
        case .deliver(let batch):
            delivered += batch.first.rawValue...batch.last.rawValue
        case .readLog(let after):
            // The log answers as it is now; what is committed from here on may overtake the answer.
            let known = after.revision.rawValue
            answer = known < newest ? page(known + 1...newest) : nothingNew
        case .startOver, .wait: break
        }
    }
}

@Suite struct RoomFeedPropertyTests {
    @Test(arguments: seeds(200))
    func `every commit is delivered once and in order`(seed: UInt64) {
        var room = UnreliableRoom(seed: seed, loses: false)
        for _ in 0..<200 { room.step() }
        room.settle()
        #expect(room.isComplete)
    }

    @Test(arguments: seeds(200))
    func `what the channel loses is delivered once it stands again`(seed: UInt64) {
        var room = UnreliableRoom(seed: seed, loses: true)
        for _ in 0..<200 { room.step() }
        room.settle()
        #expect(room.isComplete)
    }
}
