import NIOCore
import RoomModel
import Testing
import WireFormat

@Suite struct LogPageTests {
    private func batch(_ revisions: ClosedRange<Int>) -> CommitBatch {
        CommitBatch(
            epoch: Epoch(rawValue: 0),
            first: Revision(rawValue: revisions.lowerBound),
            entries: revisions.map {
                ByteBuffer(string: #"{"revision":\#($0),"at":\#(10 * $0),"by":"a\#($0)"}"#)
            }
        )
    }

    private func place(_ revision: Int, at: Int?) -> LogPlace {
        LogPlace(Revision(rawValue: revision), at: at)
    }

    @Test func `a batch knows where it ends and when each of its commits was made`() {
        #expect(batch(8...12).place == place(12, at: 120))
        #expect(
            (7...13).map { batch(8...12).time(of: Revision(rawValue: $0)) }
                == [nil, 80, 90, 100, 110, 120, nil]
        )
    }

    @Test(arguments: [40, nil])
    func `what follows a place that the log has is read without it`(at: Int?) {
        #expect(LogPage(batch(4...6), after: place(4, at: at)) == .follows(batch(5...6)))
        #expect(LogPage(batch(4...4), after: place(4, at: at)) == .follows(nil))
    }

    @Test func `a log has lost a place when another commit stands there, or none`() {
        #expect(LogPage(batch(4...6), after: place(4, at: 41)) == .cut)
        #expect(LogPage(nil, after: place(4, at: 40)) == .cut)
        #expect(LogPage(batch(5...6), after: place(4, at: 40)) == .cut)
    }

    @Test func `from the start on everything follows`() {
        #expect(LogPage(nil, after: .start) == .follows(nil))
        #expect(LogPage(batch(1...2), after: .start) == .follows(batch(1...2)))
    }
}
