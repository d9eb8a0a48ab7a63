import Gateway
import RoomModel
import Testing
import WireFormat

@Suite struct RoomFeedTests {
    /// A feed that follows a room which is at this revision.
    func feed(at number: Int) -> RoomFeed {
        var feed = RoomFeed()
        _ = feed.started(at: place(number), epoch: Epoch(rawValue: 1))
        return feed
    }

    @Test func `what follows is delivered as it is`() {
        var feed = feed(at: 4)
        #expect(feed.received(batch(5...6)) == .deliver(batch(5...6)))
        #expect(feed.received(batch(7...7)) == .deliver(batch(7...7)))
        #expect(feed.revision == revision(7))
    }

    @Test(arguments: [1...4, 3...3, 4...4])
    func `what was delivered is not delivered again`(repeated: ClosedRange<Int>) {
        var feed = feed(at: 4)
        #expect(feed.received(batch(repeated)) == .wait)
        #expect(feed.revision == revision(4))
    }

    @Test func `of a batch that overlaps the new part is delivered`() {
        var feed = feed(at: 4)
        #expect(feed.received(batch(3...6)) == .deliver(batch(5...6)))
    }

    @Test func `a gap is read from the log, and with it what comes meanwhile`() {
        var feed = feed(at: 4)
        #expect(feed.received(batch(7...8)) == .readLog(after: place(4)))
        #expect(feed.received(batch(9...9)) == .wait)
        #expect(feed.read(page(5...9)) == [.deliver(batch(5...9))])
        #expect(feed.received(batch(10...10)) == .deliver(batch(10...10)))
    }

    @Test func `a page that lags behind what came meanwhile is followed by another`() {
        var feed = feed(at: 4)
        _ = feed.received(batch(7...8))
        _ = feed.received(batch(9...9))
        #expect(
            feed.read(page(5...8)) == [.deliver(batch(5...8)), .readLog(after: place(8))]
        )
    }

    @Test func `a full page is followed by another`() {
        var feed = feed(at: 0)
        let full = batch(1...Limits.Log.commitsPerPage)
        _ = feed.mayHaveMissed()
        #expect(feed.read(.follows(full)) == [.deliver(full), .readLog(after: full.place)])
        #expect(feed.read(nothingNew) == [])
    }

    @Test func `a head that is further than what was heard is read from the log`() {
        var feed = feed(at: 4)
        #expect(feed.received(head: revision(4)) == .wait)
        #expect(feed.received(head: revision(6)) == .readLog(after: place(4)))
        #expect(feed.received(head: revision(8)) == .wait)
        #expect(
            feed.read(page(5...6)) == [.deliver(batch(5...6)), .readLog(after: place(6))]
        )
    }

    // MARK: Starting

    @Test func `nothing is delivered before the start`() {
        var feed = RoomFeed()
        #expect(feed.received(batch(1...1)) == .wait)
        #expect(feed.mayHaveMissed() == .wait)
        #expect(!feed.isStarted)
    }

    @Test func `a start that holds what was heard before it waits`() {
        var feed = RoomFeed()
        _ = feed.received(batch(4...5))
        #expect(feed.started(at: place(5), epoch: Epoch(rawValue: 1)) == .wait)
        #expect(feed.received(batch(6...6)) == .deliver(batch(6...6)))
    }

    @Test func `a start behind what was heard before it reads the log`() {
        var feed = RoomFeed()
        _ = feed.received(batch(4...5))
        let action = feed.started(at: place(3), epoch: Epoch(rawValue: 1))
        #expect(action == .readLog(after: place(3)))
    }

    @Test func `a second start changes nothing`() {
        var feed = feed(at: 4)
        #expect(feed.started(at: place(1), epoch: Epoch(rawValue: 1)) == .wait)
        #expect(feed.revision == revision(4))
    }

    // MARK: Subscribed again

    @Test func `after an interruption nothing is delivered before the log has answered`() {
        var feed = feed(at: 4)
        #expect(feed.mayHaveMissed() == .readLog(after: place(4)))
        #expect(feed.received(batch(5...5)) == .wait)
    }

    @Test func `where nothing was missed the feed goes on`() {
        var feed = feed(at: 4)
        _ = feed.mayHaveMissed()
        #expect(feed.read(nothingNew) == [])
        #expect(feed.received(batch(5...5)) == .deliver(batch(5...5)))
    }

    @Test func `an interruption while the log is read has it read again`() {
        var feed = feed(at: 4)
        _ = feed.received(batch(6...6))
        #expect(feed.mayHaveMissed() == .wait)
        #expect(
            feed.read(page(5...6)) == [.deliver(batch(5...6)), .readLog(after: place(6))]
        )
        #expect(feed.read(nothingNew) == [])
    }

    // MARK: A log that lost its end

    @Test func `a log that has not what was delivered makes everybody begin anew`() {
        var feed = feed(at: 4)
        _ = feed.subscribed()
        #expect(feed.read(.cut) == [.startOver])
    }

    @Test func `from an interruption on nothing is certain until the log has been read`() {
        var feed = feed(at: 4)
        #expect(feed.isCertain)
        feed.interrupted()
        #expect(!feed.isCertain)
        _ = feed.subscribed()
        #expect(!feed.isCertain)
        _ = feed.read(nothingNew)
        #expect(feed.isCertain)
    }

    @Test func `what was asked before or in the interruption makes nothing certain`() {
        var feed = feed(at: 4)
        _ = feed.received(batch(6...6))
        feed.interrupted()
        _ = feed.read(page(5...6))
        #expect(!feed.isCertain)
        _ = feed.received(batch(8...8))
        _ = feed.subscribed()
        #expect(feed.read(page(7...8)) == [.deliver(batch(7...8)), .readLog(after: place(8))])
        #expect(!feed.isCertain)
        _ = feed.read(nothingNew)
        #expect(feed.isCertain)
    }

    @Test func `an interruption before the start is over once the subscription stands`() {
        var feed = RoomFeed()
        feed.interrupted()
        #expect(feed.subscribed() == .wait)
        _ = feed.started(at: place(4), epoch: Epoch(rawValue: 1))
        #expect(feed.isCertain)
    }

    @Test func `a start within an interruption makes nothing certain`() {
        var feed = RoomFeed()
        feed.interrupted()
        _ = feed.started(at: place(4), epoch: Epoch(rawValue: 1))
        #expect(!feed.isCertain)
    }

    @Test func `an epoch that a failure took back is news once`() {
        var feed = feed(at: 4)
        _ = feed.subscribed()
        #expect(feed.received(Epoch(rawValue: 1)) == true)
        #expect(feed.received(Epoch(rawValue: 1)) == false)
    }

    // MARK: Reads that do not help

    @Test func `a log that was read before a batch came is read again`() {
        var feed = feed(at: 4)
        _ = feed.mayHaveMissed()
        // The batch was published after the log had answered, and overtook the answer.
        #expect(feed.received(batch(5...5)) == .wait)
        #expect(feed.read(nothingNew) == [.readLog(after: place(4))])
        #expect(feed.read(page(5...5)) == [.deliver(batch(5...5))])
    }

    @Test func `after a read that failed the next batch tries again`() {
        var feed = feed(at: 4)
        _ = feed.received(batch(7...7))
        feed.readFailed()
        #expect(feed.received(batch(8...8)) == .readLog(after: place(4)))
    }

    @Test func `after a read that failed the log is asked again, once`() {
        var feed = feed(at: 4)
        _ = feed.mayHaveMissed()
        feed.readFailed()
        #expect(feed.retry() == .readLog(after: place(4)))
        #expect(feed.retry() == .wait)
        #expect(feed.read(nothingNew) == [])
        #expect(feed.retry() == .wait)
    }

    @Test func `where every read succeeded there is nothing to retry`() {
        var feed = feed(at: 4)
        #expect(feed.retry() == .wait)
    }

    @Test func `what was announced and is not in the log is not asked for without end`() {
        var feed = feed(at: 4)
        _ = feed.received(batch(7...7))
        #expect(feed.read(nothingNew) == [])
    }

    @Test func `a full page that does not follow is not asked for without end`() {
        var feed = feed(at: 4)
        _ = feed.mayHaveMissed()
        #expect(feed.read(page(9...8 + Limits.Log.commitsPerPage)) == [])
        #expect(feed.revision == revision(4))
    }

    @Test func `a page nobody asked for is ignored`() {
        var feed = feed(at: 4)
        #expect(feed.read(page(5...6)) == [])
        #expect(feed.revision == revision(4))
    }

    // MARK: Epochs

    @Test(arguments: [(2, true), (1, false), (0, false)])
    func `only a newer epoch is news`(number: Int, isNews: Bool) {
        var feed = feed(at: 4)
        #expect(feed.received(Epoch(rawValue: number)) == isNews)
    }

    @Test func `an epoch heard before the start outlives an older one`() {
        var feed = RoomFeed()
        _ = feed.received(Epoch(rawValue: 7))
        _ = feed.started(at: .start, epoch: Epoch(rawValue: 6))
        #expect(feed.epoch == Epoch(rawValue: 7))
    }
}
