package import RoomModel
package import WireFormat

/// What somebody who waits may know of a room: who is there, its title and language.
///
/// It follows the log beside the room's feed and keeps nothing else of it, so nothing else can be shown.
package struct Lobby: Sendable {
    package private(set) var title: String
    package private(set) var revision: Revision
    package private(set) var language: String
    package private(set) var ended: Bool
    private var roster: Roster

    package init(_ room: Room) {
        title = room.title ?? ""
        revision = room.revision
        language = room.language
        ended = room.ended
        roster = room.roster
    }

    /// Everybody but those who wait themselves.
    package var people: [Participant.Face] {
        roster.participants.filter { !$0.waiting }.map(\.face)
    }

    package enum Outcome: Equatable, Sendable {
        /// What is shown has changed.
        case changed
        case same
        /// The batch does not follow: the room has to be read again.
        case lost
    }

    package mutating func follow(_ batch: CommitBatch) -> Outcome {
        guard let fresh = batch.dropping(through: revision) else { return .same }
        guard fresh.first == revision.next, let commits = try? fresh.commits() else { return .lost }
        let before = (people, title, language, ended)
        for commit in commits { record(commit) }
        return before == (people, title, language, ended) ? .same : .changed
    }

    private mutating func record(_ commit: Commit) {
        revision = commit.revision
        roster.record(commit)
        switch commit.change {
        case .granted(.language(let language)): self.language = language
        case .granted(.title(let title)): self.title = title
        case .granted(.ended): ended = true
        default: break
        }
    }
}
