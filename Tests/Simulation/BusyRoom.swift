import RoomModel

/// What has happened in a room before a run begins: much was said, and then a page came and went all
/// the time.
enum BusyRoom {
    static let log: [Commit] = {
        let talk = (0..<320).map { Commit.Change.granted(.chat("line \($0)")) }
        let comingAndGoing = (0..<500).map {
            Commit.Change.granted(.hidden($0.isMultiple(of: 2)))
        }
        let visit: [Commit.Change] =
            [.joined(.init(name: "V", role: .candidate, color: 0))] + talk + comingAndGoing
            + [.left(.closed)]
        return visit.enumerated().map { index, change in
            Commit(
                revision: Revision(rawValue: index + 1),
                at: 1,
                by: ParticipantID(rawValue: "visitor"),
                number: nil,
                change: change
            )
        }
    }()
}
