import Ownership
import RoomModel
import Testing

@Suite struct FairShareTests {
    /// Rooms with these loads, the first of which was changed last.
    private func rooms(_ loads: [Double], handedAt: Int? = nil) -> [FairShare.OwnRoom] {
        loads.enumerated().map { index, load in
            FairShare.OwnRoom(
                RoomID(rawValue: "r\(index)"),
                load: load,
                changedAt: -index,
                handedAt: handedAt
            )
        }
    }

    private func quiet(_ count: Int) -> [FairShare.OwnRoom] {
        rooms(Array(repeating: 1, count: count))
    }

    /// The owners that are handed something in a turn, once each others' loads are known.
    private func receivers(_ rooms: [FairShare.OwnRoom], others: [Double]) -> [String] {
        var share = FairShare()
        share.saw(others.enumerated().map { .init(name: "o\($0 + 2)", load: $1, toldAt: 0) })
        return share.turn(rooms, at: 0).map(\.owner)
    }

    @Test(arguments: [
        (10, [10.0], 0), (20, [0.0], 0), (26, [0.0], 0), (27, [0.0], 3), (100, [70.0], 0),
        (100, [40.0], 7), (100, [], 0), (0, [100.0], 0), (60, [0.0, 0.0], 10),
        (60, [60.0, 0.0], 0), (90, [60.0, 0.0], 10), (1_000, [0.0], 25),
    ])
    func `only who has far more than the mean hands over, a quarter of that at once`(
        own: Int,
        others: [Double],
        expected: Int
    ) {
        #expect(receivers(quiet(own), others: others).count == expected)
    }

    @Test func `once it has begun it goes on down to the mean`() {
        var share = FairShare()
        share.saw([.init(name: "o2", load: 0, toldAt: 0)])
        #expect(share.turn(quiet(200), at: 0).count == 25)
        share.saw([.init(name: "o2", load: 88, toldAt: 20_000)])
        #expect(share.turn(quiet(112), at: 20_000).count == 3)
        share.saw([.init(name: "o2", load: 98, toldAt: 40_000)])
        #expect(share.turn(quiet(102), at: 40_000).count == 1)
        share.saw([.init(name: "o2", load: 100, toldAt: 60_000)])
        #expect(share.turn(quiet(100), at: 60_000) == [])
        share.saw([.init(name: "o2", load: 88, toldAt: 80_000)])
        #expect(share.turn(quiet(112), at: 80_000) == [])
    }

    @Test func `the quietest go first, and of these who was changed longest ago`() {
        var share = FairShare()
        share.saw([.init(name: "o2", load: 0, toldAt: 0)])
        let busy = rooms([3, 1, 1, 1, 60])
        #expect(share.turn(busy, at: 0).map(\.room.rawValue) == ["r3", "r2", "r1", "r0"])
    }

    @Test func `a room that has most of the load stays, because nothing would be gained`() {
        #expect(receivers(rooms([200]), others: [0]) == [])
        #expect(receivers(rooms([200, 1, 1]), others: [0]).count == 2)
    }

    @Test func `the others get alike parts of what they lack`() {
        let receivers = receivers(quiet(220), others: [20, 100, 60, 100])
        #expect(Set(receivers) == ["o2", "o4"])
        #expect(receivers.count { $0 == "o2" } == 17)
        #expect(receivers.count { $0 == "o4" } == 8)
    }

    @Test func `what is under way is nobody's to hand over again, and counts for its next owner`() {
        var share = FairShare()
        share.saw([.init(name: "o2", load: 0, toldAt: 0)])
        let turns = (0..<9).map { share.turn(quiet(60), at: $0 * 1_000).map(\.room) }
        #expect(turns.map(\.count) == [7, 5, 4, 3, 2, 2, 1, 1, 1])
        #expect(Set(turns.joined()).count == 26)
    }

    @Test func `an owner that does not answer is told of few rooms, and of others later`() {
        var share = FairShare()
        let turns = (0..<12).map { second in
            share.saw([.init(name: "o2", load: 0, toldAt: second * 1_000)])
            return share.turn(quiet(1_000), at: second * 1_000).count
        }
        #expect(turns == [25, 25, 0, 0, 0, 0, 0, 0, 0, 0, 0, 25])
    }

    @Test func `an owner that has said nothing for long is not counted on`() {
        var share = FairShare()
        share.saw([.init(name: "o2", load: 0, toldAt: 0)])
        #expect(share.turn(quiet(100), at: 10_001) == [])
        #expect(!share.isAboveMean)
    }

    @Test func `a room that was handed over rests for a minute`() {
        var share = FairShare()
        share.saw([.init(name: "o2", load: 0, toldAt: 55_000)])
        let handed = rooms(Array(repeating: 1, count: 40), handedAt: 0)
        #expect(share.turn(handed, at: 59_999) == [])
        #expect(share.turn(handed, at: 60_000).count == 5)
    }

    @Test(arguments: [(100, false), (105, false), (125, true), (300, true)])
    func `who has more than the mean leaves rooms without owner to others`(
        own: Int,
        expected: Bool
    ) {
        var share = FairShare()
        share.saw([.init(name: "o2", load: 100, toldAt: 0)])
        _ = share.turn(quiet(own), at: 0)
        #expect(share.isAboveMean == expected)
    }
}
