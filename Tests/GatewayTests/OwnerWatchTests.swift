import Gateway
import Testing

@Suite struct OwnerWatchTests {
    static let look = OwnerWatch.lookMilliseconds
    static let silence = OwnerWatch.silenceMilliseconds
    static let secondOffer = OwnerWatch.secondOfferMilliseconds

    @Test func `who was asked nothing is not silent`() {
        var watch = OwnerWatch()
        #expect(!watch.isWaiting)
        #expect(watch.tick(at: 1_000_000) == .wait)
    }

    @Test func `an owner that does not answer soon is looked for`() {
        var watch = OwnerWatch()
        watch.asked(at: 100)
        #expect(watch.isWaiting)
        #expect(watch.tick(at: 99 + Self.look) == .wait)
        #expect(watch.tick(at: 100 + Self.look) == .look)
    }

    @Test func `an owner that is there and does not answer is silent`() {
        var watch = OwnerWatch()
        watch.asked(at: 100)
        for now in stride(from: 100, to: 100 + Self.silence, by: 10) {
            #expect(watch.tick(at: now) != .offer)
        }
        #expect(watch.tick(at: 100 + Self.silence) == .offer)
    }

    @Test func `it is looked for less and less often`() {
        var watch = OwnerWatch()
        watch.asked(at: 0)
        let looks = (0..<Self.silence).filter { watch.tick(at: $0) == .look }
        let pauses = zip(looks, looks.dropFirst()).map { $1 - $0 }
        #expect(looks.first == Self.look)
        #expect(pauses == [2, 4, 8, 16].map { $0 * Self.look })
    }

    @Test func `the first question counts, not the last`() {
        var watch = OwnerWatch()
        watch.asked(at: 100)
        watch.asked(at: 1_900)
        #expect(watch.tick(at: 100 + Self.silence) == .offer)
    }

    @Test func `an answer ends the wait`() {
        var watch = OwnerWatch()
        watch.asked(at: 100)
        watch.heard()
        #expect(!watch.isWaiting)
        #expect(watch.tick(at: 1_000_000) == .wait)
    }

    @Test func `a room that a hung owner took out of the queue is offered again soon`() {
        var watch = OwnerWatch()
        watch.asked(at: 0)
        #expect(watch.tick(at: Self.silence) == .offer)
        #expect(watch.tick(at: Self.silence + Self.secondOffer - 1) == .wait)
        #expect(watch.tick(at: Self.silence + Self.secondOffer) == .offer)
    }

    @Test func `in a long silence the room is offered every second`() {
        var watch = OwnerWatch()
        watch.asked(at: 0)
        let offers = (0..<20 * Self.silence).filter { watch.tick(at: $0) == .offer }
        let pauses = zip(offers, offers.dropFirst()).map { $1 - $0 }
        #expect(pauses.prefix(3) == [Self.secondOffer, 2 * Self.secondOffer, 1_000])
        #expect(pauses.dropFirst(2).allSatisfy { $0 == 1_000 })
    }
}
