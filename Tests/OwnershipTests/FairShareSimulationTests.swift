import Ownership
import RoomModel
import TestSupport
import Testing

/// Owners that even out their load, each knowing of the others what they told some seconds ago.
@Suite struct FairShareSimulationTests {
    @Test(arguments: seeds(60))
    func `owners that join get their share, and no room moves twice`(seed: UInt64) {
        var owners = Owners(seed: seed)
        for _ in 0..<180 { owners.passSecond() }
        #expect(owners.rooms == owners.roomsAtStart, "seed \(seed)")
        #expect(owners.heaviest <= owners.mean * 1.25 + 10 + owners.largest, "seed \(seed)")
        #expect(owners.moves.values.allSatisfy { $0 == 1 }, "seed \(seed)")
        let moves = owners.moves
        for _ in 0..<180 { owners.passSecond() }
        #expect(owners.moves == moves, "seed \(seed): rooms went on to move")
    }
}

/// Claims take up to two seconds, and some owners are slow to tell what they have.
private struct Owners {
    private struct Owner {
        var share = FairShare()
        var rooms: [RoomID: Double] = [:]
        var handedAt: [RoomID: Int] = [:]
        var told = FairShare.Other(name: "", load: 0, toldAt: -60_000)
        let beatAt: Int
    }

    private struct Claim {
        let handOver: FairShare.HandOver
        let from: String
        let at: Int
    }

    private var owners: [String: Owner] = [:]
    private var claims: [Claim] = []
    private var random: SeededGenerator
    private var now = 0
    private(set) var moves: [RoomID: Int] = [:]
    let roomsAtStart: Set<RoomID>

    /// Some have all rooms, and others have just joined.
    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        let names = (1...2 + random.below(4)).map { "o\($0)" }
        let oldCount = 1 + random.below(names.count - 1)
        for name in names { owners[name] = Owner(beatAt: random.below(3)) }
        let busy = random.below(60)
        for number in 0..<random.below(1_500) {
            let load = random.chance(percent: busy) ? 1 + Double(random.below(50)) / 10 : 1
            owners[names[random.below(oldCount)]]?.rooms[RoomID(rawValue: "r\(number)")] = load
        }
        roomsAtStart = Set(owners.values.flatMap(\.rooms.keys))
    }

    private var loads: [Double] { owners.values.map { $0.rooms.values.reduce(0, +) } }
    var rooms: Set<RoomID> { Set(owners.values.flatMap(\.rooms.keys)) }
    var heaviest: Double { loads.max() ?? 0 }
    var mean: Double { loads.reduce(0, +) / Double(owners.count) }
    var largest: Double { owners.values.flatMap(\.rooms.values).max() ?? 0 }

    mutating func passSecond() {
        now += 1_000
        for claim in claims where claim.at <= now { carryOut(claim) }
        claims.removeAll { $0.at <= now }
        for name in owners.keys.sorted() {
            beat(name)
            turn(name)
        }
    }

    private mutating func carryOut(_ claim: Claim) {
        let room = claim.handOver.room
        guard let load = owners[claim.from]?.rooms.removeValue(forKey: room) else { return }
        owners[claim.handOver.owner]?.rooms[room] = load
        owners[claim.handOver.owner]?.handedAt[room] = now
        moves[room, default: 0] += 1
    }

    private mutating func beat(_ name: String) {
        guard let owner = owners[name], (now / 1_000 + owner.beatAt).isMultiple(of: 3) else {
            return
        }
        let load = owner.rooms.values.reduce(0, +).rounded()
        owners[name]?.told = FairShare.Other(name: name, load: load, toldAt: now)
        guard random.chance(percent: 90) else { return }
        let others = owners.filter { $0.key != name }.map(\.value.told)
        owners[name]?.share.saw(others)
    }

    private mutating func turn(_ name: String) {
        guard let owner = owners[name] else { return }
        let rooms = owner.rooms.sorted { $0.key.rawValue < $1.key.rawValue }.map { room, load in
            FairShare.OwnRoom(room, load: load, changedAt: 0, handedAt: owner.handedAt[room])
        }
        for handOver in owners[name]?.share.turn(rooms, at: now) ?? []
        where random.chance(percent: 97) {
            claims.append(Claim(handOver: handOver, from: name, at: now + random.below(2_001)))
        }
    }
}
