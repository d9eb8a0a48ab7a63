import Gateway
import RoomModel
import Testing
import WireFormat

@Suite struct DeliveryCursorTests {
    @Test func `what comes next is sent whole`() {
        var cursor = DeliveryCursor(at: place(4))
        #expect(cursor.decide(about: batch(5...6)) == .whole)
        #expect(cursor.revision == revision(6))
    }

    @Test(arguments: [1...4, 4...4])
    func `what the connection has already is skipped`(known: ClosedRange<Int>) {
        var cursor = DeliveryCursor(at: place(4))
        #expect(cursor.decide(about: batch(known)) == .skip)
        #expect(cursor.revision == revision(4))
    }

    @Test func `of a batch that overlaps the new part is sent`() {
        var cursor = DeliveryCursor(at: place(4))
        #expect(cursor.decide(about: batch(2...6)) == .part(batch(5...6)))
        #expect(cursor.revision == revision(6))
    }

    @Test func `a gap is read from the log, and nothing is sent before it`() {
        var cursor = DeliveryCursor(at: place(4))
        #expect(cursor.decide(about: batch(6...6)) == .readLog(after: place(4)))
        #expect(cursor.decide(about: batch(7...7)) == .skip)
        #expect(cursor.revision == revision(4))
    }

    @Test func `a page of the log is for this connection alone`() {
        var cursor = DeliveryCursor(at: place(4))
        _ = cursor.catchUp(to: revision(6))
        #expect(cursor.read(page(5...6)) == .part(batch(5...6)))
        #expect(cursor.decide(about: batch(7...7)) == .whole)
    }

    @Test func `what came while the log was read is caught up with`() {
        var cursor = DeliveryCursor(at: place(4))
        _ = cursor.catchUp(to: revision(6))
        _ = cursor.decide(about: batch(7...7))
        _ = cursor.read(page(5...6))
        #expect(cursor.catchUp(to: revision(7)) == .readLog(after: place(6)))
    }

    @Test func `a log that could not be read is asked for again at the next batch`() {
        var cursor = DeliveryCursor(at: place(4))
        _ = cursor.catchUp(to: revision(6))
        #expect(cursor.read(nil) == .skip)
        #expect(cursor.decide(about: batch(7...7)) == .readLog(after: place(4)))
    }

    @Test(arguments: [3, 4])
    func `there is nothing to catch up with in a room that is no further`(newest: Int) {
        var cursor = DeliveryCursor(at: place(4))
        #expect(cursor.catchUp(to: revision(newest)) == .skip)
    }

    @Test func `one page is read at a time`() {
        var cursor = DeliveryCursor(at: place(4))
        #expect(cursor.catchUp(to: revision(6)) == .readLog(after: place(4)))
        #expect(cursor.catchUp(to: revision(7)) == .skip)
    }

    // MARK: A log that lost its end

    @Test(arguments: [1...4, 4...4, 3...6])
    func `what the connection has and the log has not ends it`(others: ClosedRange<Int>) {
        var cursor = DeliveryCursor(at: place(4))
        #expect(cursor.decide(about: batch(others, later: 1)) == .startOver)
    }

    @Test func `a page of another log than the connection has ends it`() {
        var cursor = DeliveryCursor(at: place(4))
        _ = cursor.catchUp(to: revision(6))
        #expect(cursor.read(.cut) == .startOver)
    }

    @Test func `whose commit's time nobody knows is taken at their word`() {
        var cursor = DeliveryCursor(at: LogPlace(revision(4), at: nil))
        #expect(cursor.decide(about: batch(3...5, later: 1)) == .part(batch(5...5, later: 1)))
    }
}
