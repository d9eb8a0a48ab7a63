import RoomModel

/// The version of all that is kept of a room, in its hash: processes that do not know it leave the
/// room alone.
///
/// Kinds of commit and keys are added without a new one, as long as whoever passes over them does no
/// harm.
enum RoomFormat: String {
    case first = "1"
    /// Candidates may have to wait in it.
    ///
    /// A process that does not know this would show them the room. The room stays in this format when it
    /// asks no more: that is rare, and nobody but an older process would gain by it.
    case asking = "2"

    static func required(by admission: Admission) -> RoomFormat {
        admission == .ask ? .asking : .first
    }

    /// What the room has to be in once it holds these commits, nil where they need nothing new.
    static func required(by commits: [Commit]) -> RoomFormat? {
        let asks = commits.contains { commit in
            if case .granted(.admission(.ask)) = commit.change { true } else { false }
        }
        return asks ? .asking : nil
    }
}
