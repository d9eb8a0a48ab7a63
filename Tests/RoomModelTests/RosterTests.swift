import RoomModel
import Testing

@Suite struct RosterTests {
    func id(_ number: Int) -> ParticipantID { ParticipantID(rawValue: "p\(number)") }

    @Test func `the first dozen all have colors of their own`() {
        var roster = Roster()
        for number in 0..<Limits.Room.colors {
            let color = roster.color(for: id(number))
            roster.join(id(number), .init(name: "N", role: .candidate, color: color), at: 1)
        }
        #expect(Set(roster.participants.map(\.color)).count == Limits.Room.colors)
    }

    @Test(arguments: [-1, Int.min, Int.max])
    func `a color that is none of ours does no harm`(color: Int) {
        var roster = Roster()
        roster.join(id(1), .init(name: "A", role: .candidate, color: color), at: 1)
        #expect((0..<Limits.Room.colors).contains(roster.color(for: id(2))))
    }

    @Test func `who comes back keeps the color and the number`() {
        var roster = Roster()
        roster.join(id(1), .init(name: "A", role: .candidate, color: 5), at: 1)
        roster.committed(ProposalNumber(rawValue: 9), by: id(1))
        roster.leave(id(1), .lost, at: 2)
        #expect(roster.color(for: id(1)) == 5)
        roster.join(id(1), .init(name: "B", role: .candidate, color: 5), at: 1)
        #expect(roster[id(1)]?.number == ProposalNumber(rawValue: 9))
        #expect(roster[id(1)]?.name == "B")
    }

    @Test func `it is known since when somebody is there, or gone, and how they went`() {
        var roster = Roster()
        roster.join(id(1), .init(name: "A", role: .candidate, color: 5), at: 10)
        #expect(roster[id(1)]?.since == 10)
        #expect(roster[id(1)]?.left == nil)
        roster.leave(id(1), .lost, at: 20)
        #expect(roster[id(1)]?.since == 20)
        #expect(roster[id(1)]?.left == .lost)
        roster.join(id(1), .init(name: "A", role: .candidate, color: 5), at: 30)
        #expect(roster[id(1)]?.since == 30)
        #expect(roster[id(1)]?.left == nil)
    }

    @Test func `the longest gone make place, never somebody who is there`() {
        var roster = Roster()
        for number in 0..<Limits.Room.participantsMax {
            roster.join(id(number), .init(name: "N", role: .observer, color: 0), at: 1)
        }
        roster.leave(id(3), .lost, at: 2)
        roster.leave(id(8), .lost, at: 2)
        roster.join(id(-1), .init(name: "New", role: .observer, color: 0), at: 1)
        #expect(roster.participants.count == Limits.Room.participantsMax)
        #expect(roster[id(3)] == nil)
        #expect(roster[id(8)] != nil)
        #expect(roster[id(-1)]?.connected == true)
    }

    @Test func `strangers who wait push out no one who was let in`() {
        var roster = Roster()
        roster.join(id(0), .init(name: "In", role: .candidate, color: 0), at: 1)
        roster.leave(id(0), .lost, at: 1)
        let stranger = Commit.Arrival(name: "N", role: .candidate, color: 0, waiting: true)
        for number in 1...Limits.Room.participantsMax {
            roster.join(id(number), stranger, at: 2)
            roster.leave(id(number), .lost, at: 2)
        }
        #expect(roster.participants.count == Limits.Room.participantsMax)
        #expect(roster[id(0)] != nil)
        #expect(roster[id(1)] == nil)
    }
}
