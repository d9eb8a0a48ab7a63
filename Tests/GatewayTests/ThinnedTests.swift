import Gateway
import Testing

@Suite struct ThinnedTests {
    @Test func `what comes within the rate is passed on at once`() {
        var values = Thinned<Int>(perSecond: 1, at: 0)
        values.take(7)
        #expect(values.next(at: 0) == 7)
        #expect(!values.isHolding)
    }

    @Test func `of what comes faster the newest is passed on, when its time has come`() {
        var values = Thinned<Int>(perSecond: 1, at: 0)
        values.take(1)
        #expect(values.next(at: 0) == 1)
        values.take(2)
        #expect(values.next(at: 1) == nil)
        values.take(3)
        #expect(values.isHolding)
        #expect(values.next(at: 999) == nil)
        #expect(values.next(at: 1_000) == 3)
        #expect(!values.isHolding)
    }

    @Test func `asking where nothing waits costs nothing of the rate`() {
        var values = Thinned<Int>(perSecond: 1, at: 0)
        #expect(values.next(at: 0) == nil)
        values.take(1)
        #expect(values.next(at: 0) == 1)
    }
}
