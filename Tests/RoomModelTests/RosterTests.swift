import RoomModel
import Testing

@Suite struct RosterTests {
    private func record(_ change: Commit.Change, by number: Int, _ roster: inout Roster) {
        roster.record(
            Commit(
                revision: Revision.zero.next,
                at: 0,
                by: id(number),
                number: nil,
                change: change
            )
        )
    }

    func id(_ number: Int) -> ParticipantID { ParticipantID(rawValue: "p\(number)") }

    @Test func `the first dozen all have colors of their own`() {
        var roster = Roster()
        for number in 0..<Limits.Room.colors {
            let color = roster.color(for: id(number))
            record(.joined(name: "N", role: .candidate, color: color), by: number, &roster)
        }
        #expect(Set(roster.participants.map(\.color)).count == Limits.Room.colors)
    }

    @Test(arguments: [-1, Int.min, Int.max])
    func `a color that is none of ours does no harm`(color: Int) {
        var roster = Roster()
        record(.joined(name: "A", role: .candidate, color: color), by: 1, &roster)
        #expect((0..<Limits.Room.colors).contains(roster.color(for: id(2))))
    }

    @Test func `who comes back keeps the color and the number`() {
        var roster = Roster()
        record(.joined(name: "A", role: .candidate, color: 5), by: 1, &roster)
        let number = ProposalNumber(rawValue: 9)
        roster.record(
            Commit(
                revision: Revision.zero.next,
                at: 0,
                by: id(1),
                number: number,
                change: .locked(true)
            )
        )
        record(.left(.lost), by: 1, &roster)
        #expect(roster.color(for: id(1)) == 5)
        record(.joined(name: "B", role: .candidate, color: 5), by: 1, &roster)
        #expect(roster[id(1)]?.number == ProposalNumber(rawValue: 9))
        #expect(roster[id(1)]?.name == "B")
    }

    @Test func `the longest gone make place, never somebody who is there`() {
        var roster = Roster()
        for number in 0..<Limits.Room.participantsMax {
            record(.joined(name: "N", role: .observer, color: 0), by: number, &roster)
        }
        record(.left(.lost), by: 3, &roster)
        record(.left(.lost), by: 8, &roster)
        record(.joined(name: "New", role: .observer, color: 0), by: -1, &roster)
        #expect(roster.participants.count == Limits.Room.participantsMax)
        #expect(roster[id(3)] == nil)
        #expect(roster[id(8)] != nil)
        #expect(roster[id(-1)]?.connected == true)
    }

    @Test func `strangers who wait push out no one who was let in`() {
        var roster = Roster()
        record(.joined(name: "In", role: .candidate, color: 0), by: 0, &roster)
        record(.left(.lost), by: 0, &roster)
        for number in 1...Limits.Room.participantsMax {
            let stranger = Commit.Change.joined(
                name: "N",
                role: .candidate,
                color: 0,
                waiting: true
            )
            record(stranger, by: number, &roster)
            record(.left(.lost), by: number, &roster)
        }
        #expect(roster.participants.count == Limits.Room.participantsMax)
        #expect(roster[id(0)] != nil)
        #expect(roster[id(1)] == nil)
    }
}
