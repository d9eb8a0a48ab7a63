package import RoomModel
package import WireFormat

/// How far one connection has been served.
///
/// Connections join and resume at different revisions while the room goes on, so each counts for
/// itself; in a room at rest all agree and every batch is sent whole.
package struct DeliveryCursor: Sendable {
    package private(set) var place: LogPlace
    /// A page of the log is being read for this connection alone.
    private var reading = false

    package init(at place: LogPlace) {
        self.place = place
    }

    package var revision: Revision { place.revision }

    package enum Decision: Equatable, Sendable {
        /// Exactly what comes next: the packet that everybody gets.
        case whole
        /// Its later part is new to this connection.
        case part(CommitBatch)
        case readLog(after: LogPlace)
        /// The log lost its end in a failure, with commits that this connection has: it has to begin
        /// anew.
        case startOver
        case skip
    }

    package mutating func decide(about batch: CommitBatch) -> Decision {
        if reading { return .skip }
        if batch.first <= revision, !place.agrees(with: batch.time(of: revision)) {
            return .startOver
        }
        if batch.last <= revision { return .skip }
        if batch.first > revision.next {
            reading = true
            return .readLog(after: place)
        }
        defer { place = batch.place }
        if batch.first == revision.next { return .whole }
        return batch.dropping(through: revision).map(Decision.part) ?? .skip
    }

    /// Asks for what the room has beyond this connection, if anything.
    package mutating func catchUp(to newest: Revision) -> Decision {
        guard newest > revision, !reading else { return .skip }
        reading = true
        return .readLog(after: place)
    }

    /// A page of the log for this connection; nil where it could not be read.
    package mutating func read(_ page: LogPage?) -> Decision {
        reading = false
        guard page != .cut else { return .startOver }
        guard case .follows(let batch?) = page else { return .skip }
        let decision = decide(about: batch)
        return decision == .whole ? .part(batch) : decision
    }
}
