import Coordination
import Gateway
import NIOCore
import Testing

@Suite struct NotesFeedTests {
    private func notes(_ count: Int, _ ids: String...) -> RoomNotes {
        RoomNotes(count: count, notes: ids.map { RoomNotes.Note(id: $0, json: ByteBuffer()) })
    }

    /// An interviewer came in when notes had been written twice, and there were a and b.
    private func begun() -> NotesFeed {
        var feed = NotesFeed()
        feed.began(with: notes(2, "a", "b"))
        return feed
    }

    @Test func `what follows is handed on, and what is said again too`() {
        var feed = begun()
        #expect(feed.received(count: 3, of: "c", hasReaders: true) == .deliver)
        #expect(feed.received(count: 3, of: "c", hasReaders: true) == .deliver)
        #expect(feed.received(count: 4, of: "a", hasReaders: true) == .deliver)
    }

    @Test func `where no interviewer is, nothing is done`() {
        var feed = NotesFeed()
        #expect(feed.received(count: 9, of: "a", hasReaders: false) == .skip)
        #expect(feed.mayHaveMissed(hasReaders: false) == .skip)
        #expect(feed.retry(hasReaders: false) == .skip)
    }

    @Test func `a gap is a loss, and all notes are read`() {
        var feed = begun()
        #expect(feed.received(count: 4, of: "d", hasReaders: true) == .read)
        let (action, gone) = feed.read(notes(4, "b", "c", "d"))
        #expect(action == .deliver)
        #expect(gone == ["a"])
        #expect(feed.received(count: 5, of: "e", hasReaders: true) == .deliver)
    }

    @Test func `while they are read nothing older is handed on, and they are read once`() {
        var feed = begun()
        #expect(feed.received(count: 4, of: "d", hasReaders: true) == .read)
        #expect(feed.received(count: 5, of: "d", hasReaders: true) == .skip)
        #expect(feed.read(notes(4, "a", "b", "c", "d")).action == .read)
        #expect(feed.read(notes(5, "a", "b", "c", "d")).action == .deliver)
    }

    @Test func `after an interruption all are read, whatever the count was`() {
        var feed = begun()
        #expect(feed.mayHaveMissed(hasReaders: true) == .read)
        let (action, gone) = feed.read(notes(1, "a"))
        #expect(action == .deliver)
        #expect(gone == ["b"])
        #expect(feed.received(count: 2, of: "c", hasReaders: true) == .deliver)
    }

    @Test func `what was being read when messages may have been missed is read again`() {
        var feed = begun()
        #expect(feed.received(count: 4, of: "d", hasReaders: true) == .read)
        #expect(feed.mayHaveMissed(hasReaders: true) == .skip)
        #expect(feed.read(notes(4, "a", "b", "c", "d")).action == .read)
        #expect(feed.read(notes(5, "a", "b", "c", "d", "e")).action == .deliver)
    }

    @Test func `what could not be read is read later`() {
        var feed = begun()
        #expect(feed.retry(hasReaders: true) == .skip)
        #expect(feed.mayHaveMissed(hasReaders: true) == .read)
        #expect(feed.read(nil).action == .skip)
        #expect(feed.retry(hasReaders: true) == .read)
        #expect(feed.retry(hasReaders: true) == .skip)
    }

    @Test func `whoever comes in has all that was handed to those who were here`() {
        var feed = begun()
        #expect(feed.received(count: 3, of: "c", hasReaders: true) == .deliver)
        #expect(!feed.isCurrent(notes(2, "a", "b")))
        #expect(feed.isCurrent(notes(3, "a", "b", "c")))
        #expect(feed.isCurrent(notes(4, "a", "b", "c", "d")))
    }
}
