package import RoomModel

/// What was read of a log behind a place that somebody has reached.
package enum LogPage: Equatable, Sendable {
    /// What follows the place, nil where nothing does.
    case follows(CommitBatch?)
    /// The log does not have that place: it lost its end in a failure, and what somebody has is not
    /// what is kept.
    case cut

    /// From all that the log has at the place and behind it.
    package init(_ read: CommitBatch?, after place: LogPlace) {
        guard place.revision > .zero else {
            self = .follows(read)
            return
        }
        guard let read, read.first == place.revision,
            place.agrees(with: read.time(of: place.revision))
        else {
            self = .cut
            return
        }
        self = .follows(read.dropping(through: place.revision))
    }
}
