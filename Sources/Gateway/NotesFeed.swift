package import Coordination

/// Follows a room's private notes for the interviewers here, whatever the channel loses.
///
/// Notes have no revisions; how often they were written is counted, and a gap in that is proof of a loss.
package struct NotesFeed: Sendable {
    package enum Action: Equatable, Sendable {
        case deliver
        /// Something was missed: all notes have to be read.
        case read
        case skip
    }

    /// The greatest count that was heard of.
    private var newest = 0
    /// Everything up to here has been handed on.
    private var count = 0
    /// The notes that the interviewers here have.
    private var known: Set<String> = []
    package private(set) var isReading = false
    /// Whether what is being read may be older than what was missed.
    private var isOutdated = false
    private var mustRead = false

    package init() {}

    /// A note was written; `hasReaders` where an interviewer is here to be told.
    package mutating func received(count: Int, of id: String, hasReaders: Bool) -> Action {
        newest = max(newest, count)
        guard hasReaders else {
            self.count = newest
            return .skip
        }
        known.insert(id)
        if count > self.count + 1 { return read() }
        self.count = max(self.count, count)
        return .deliver
    }

    /// Messages may have been missed without a gap to show it, and a failure may have taken some back.
    package mutating func mayHaveMissed(hasReaders: Bool) -> Action {
        newest = 0
        count = 0
        isOutdated = isReading
        return hasReaders ? read() : .skip
    }

    /// Asks again if the notes could not be read before.
    package mutating func retry(hasReaders: Bool) -> Action {
        mustRead && hasReaders ? read() : .skip
    }

    /// Whether notes that were read are no older than what was handed on already.
    package func isCurrent(_ notes: RoomNotes) -> Bool { notes.count >= newest }

    /// An interviewer comes in with these.
    package mutating func began(with notes: RoomNotes) {
        newest = max(newest, notes.count)
        count = max(count, notes.count)
        known.formUnion(notes.ids)
    }

    /// All notes there are; what to do next, and the notes that are gone.
    package mutating func read(_ notes: RoomNotes?) -> (action: Action, gone: [String]) {
        isReading = false
        guard let notes else {
            mustRead = true
            return (.skip, [])
        }
        guard isCurrent(notes), !isOutdated else { return (read(), []) }
        let gone = known.subtracting(notes.ids).sorted()
        known = notes.ids
        count = notes.count
        return (.deliver, gone)
    }

    private mutating func read() -> Action {
        mustRead = false
        guard !isReading else { return .skip }
        isOutdated = false
        isReading = true
        return .read
    }
}
