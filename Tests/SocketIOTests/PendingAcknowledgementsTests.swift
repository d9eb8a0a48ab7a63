import SocketIO
import Testing

@Suite struct PendingAcknowledgementsTests {
    @Test func `an answer finds whoever waits for its number, once`() {
        var pending = PendingAcknowledgements<String>(countMax: 10)
        #expect(pending.add("a", until: 100) == 0)
        #expect(pending.add("b", until: 100) == 1)
        #expect(pending.answered(1) == "b")
        #expect(pending.answered(1) == nil)
        #expect(pending.answered(7) == nil)
        #expect(pending.answered(0) == "a")
        #expect(pending.isEmpty)
    }

    @Test func `those that time out come in order, and no earlier`() {
        var pending = PendingAcknowledgements<String>(countMax: 10)
        _ = pending.add("a", until: 30)
        _ = pending.add("b", until: 10)
        _ = pending.add("c", until: 20)
        #expect(pending.expired(now: 9) == [])
        #expect(pending.expired(now: 20) == ["b", "c"])
        #expect(pending.expired(now: 29) == [])
        #expect(pending.expired(now: 1_000) == ["a"])
        #expect(pending.answered(0) == nil)
    }

    @Test func `not more are outstanding than the bound`() {
        var pending = PendingAcknowledgements<Int>(countMax: 2)
        #expect(pending.add(1, until: 5) != nil)
        #expect(pending.add(2, until: 5) != nil)
        #expect(pending.add(3, until: 5) == nil)
        _ = pending.answered(0)
        #expect(pending.add(4, until: 5) == 2)
        #expect(pending.takeAll() == [2, 4])
        #expect(pending.isEmpty)
    }
}
