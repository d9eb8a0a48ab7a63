import Gateway
import Testing

@Suite struct OwnerWatchTests {
    static let silence = OwnerWatch.silenceMilliseconds

    @Test func `who was asked nothing is not silent`() {
        var watch = OwnerWatch()
        #expect(!watch.isWaiting)
        #expect(watch.isSilent(at: 1_000_000) == false)
    }

    @Test func `an owner is silent when it does not answer in time`() {
        var watch = OwnerWatch()
        watch.asked(at: 100)
        #expect(watch.isWaiting)
        #expect(watch.isSilent(at: 99 + Self.silence) == false)
        #expect(watch.isSilent(at: 100 + Self.silence) == true)
    }

    @Test func `the first question counts, not the last`() {
        var watch = OwnerWatch()
        watch.asked(at: 100)
        watch.asked(at: 1_900)
        #expect(watch.isSilent(at: 100 + Self.silence) == true)
    }

    @Test func `an answer ends the wait`() {
        var watch = OwnerWatch()
        watch.asked(at: 100)
        watch.heard()
        #expect(!watch.isWaiting)
        #expect(watch.isSilent(at: 1_000_000) == false)
    }

    @Test func `a room is offered again only after another silence`() {
        var watch = OwnerWatch()
        watch.asked(at: 0)
        #expect(watch.isSilent(at: Self.silence) == true)
        #expect(watch.isSilent(at: 2 * Self.silence - 1) == false)
        #expect(watch.isSilent(at: 2 * Self.silence) == true)
    }
}
