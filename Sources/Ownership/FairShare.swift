package import RoomModel

/// Decides which rooms an owner that has far more than its share hands to whom.
///
/// Quiet rooms go first. What keeps rooms from wandering: nobody hands over what would leave it below the
/// mean, nobody is handed what would lift it above, far more than the mean has to be there before anything
/// moves, and a room that was handed over rests. No room is ever without an owner: it stays where it is
/// until whoever was told of it has claimed it.
package struct FairShare: Sendable {
    /// Far more than its share: a quarter above the mean, and more than a few rooms.
    private static let tooMuchRatio = 1.25
    private static let tooMuchMin = 10.0
    /// An owner that has not told its load for three beats is not counted on.
    private static let silenceMilliseconds = 10_000
    /// To claim a room takes a millisecond or two, beside which its new owner has to serve.
    private static let roomsPerTurn = 25
    /// Less and less towards the end: what others hand over at the same time is known seconds later.
    private static let partPerTurn = 0.25
    /// As many as an owner that hangs may find when it wakes.
    private static let roomsUnderWayMax = 50
    /// Whoever has not claimed a room by then does not want it.
    private static let patienceMilliseconds = 10_000
    /// What was handed over so long before its owner told its load is surely part of it.
    private static let claimMilliseconds = 3_000
    private static let restMilliseconds = 60_000

    /// Another owner that takes rooms in, as it told of itself.
    package struct Other: Equatable, Sendable {
        package let name: String
        package let load: Double
        package let toldAt: Int

        package init(name: String, load: Double, toldAt: Int) {
            (self.name, self.load, self.toldAt) = (name, load, toldAt)
        }
    }

    /// A room of this owner.
    package struct OwnRoom: Equatable, Sendable {
        package let room: RoomID
        package let load: Double
        /// When somebody last changed it.
        package let changedAt: Int
        /// When another owner handed it to this one, if that is how it came.
        package let handedAt: Int?

        package init(_ room: RoomID, load: Double, changedAt: Int, handedAt: Int? = nil) {
            (self.room, self.load) = (room, load)
            (self.changedAt, self.handedAt) = (changedAt, handedAt)
        }
    }

    package struct HandOver: Equatable, Sendable {
        package let room: RoomID
        package let owner: String
        fileprivate let load: Double
        fileprivate let at: Int
    }

    private var others: [Other] = []
    private var handedOver: [HandOver] = []
    private var isHandingOver = false
    /// Whether others have less, so that rooms without an owner had better go to them.
    package private(set) var isAboveMean = false

    package init() {}

    package mutating func saw(_ others: [Other]) {
        self.others = others
    }

    /// What is to be handed over now; to be called about once a second.
    package mutating func turn(_ rooms: [OwnRoom], at now: Int) -> [HandOver] {
        handedOver.removeAll { now - $0.at > Self.silenceMilliseconds + Self.claimMilliseconds }
        let underWay = Set(
            handedOver.filter { now - $0.at <= Self.patienceMilliseconds }.map(\.room)
        )
        let staying = rooms.filter { !underWay.contains($0.room) }
        let load = staying.reduce(0) { $0 + $1.load }
        let loads = loads(at: now)
        let mean = (loads.values.reduce(0, +) + load) / Double(loads.count + 1)
        judge(load, mean: mean)
        guard isHandingOver else { return [] }
        let freeCount = Self.roomsUnderWayMax - (rooms.count - staying.count)
        let chosen = Self.choose(
            min(freeCount, Self.roomsPerTurn),
            of: staying.filter { room in
                room.handedAt.map { now - $0 >= Self.restMilliseconds } ?? true
            },
            excess: load - mean,
            wants: loads.compactMapValues { $0 < mean ? mean - $0 : nil },
            at: now
        )
        handedOver += chosen
        return chosen
    }

    private mutating func judge(_ load: Double, mean: Double) {
        isAboveMean = load > mean + Self.tooMuchMin
        let bound = isHandingOver ? mean + 1 : mean * Self.tooMuchRatio + Self.tooMuchMin
        isHandingOver = load > bound
    }

    /// What each of the others has: what it told, and what it was handed since.
    private func loads(at now: Int) -> [String: Double] {
        var loads: [String: Double] = [:]
        for other in others where now - other.toldAt <= Self.silenceMilliseconds {
            let since = other.toldAt - Self.claimMilliseconds
            loads[other.name] = handedOver.reduce(other.load) { load, handOver in
                handOver.owner == other.name && handOver.at > since ? load + handOver.load : load
            }
        }
        return loads
    }

    /// The quietest rooms that fit, or the quietest alone, each to whom most is missing of what it wants: where
    /// several hand over at once, all wants are met alike.
    private static func choose(
        _ count: Int,
        of rooms: [OwnRoom],
        excess: Double,
        wants: [String: Double],
        at now: Int
    ) -> [HandOver] {
        var chosen: [HandOver] = []
        var load = 0.0
        var missing = wants
        for room in rooms.sorted(by: isQuieter) {
            load += room.load
            let loadMax = chosen.isEmpty ? excess : excess * partPerTurn
            guard chosen.count < count, load <= loadMax else { break }
            let fitting = missing.filter { $0.value >= room.load }
            guard
                let owner = fitting.max(by: { left, right in
                    (left.value / wants[left.key, default: 1], right.key)
                        < (right.value / wants[right.key, default: 1], left.key)
                })?.key
            else { break }
            chosen.append(HandOver(room: room.room, owner: owner, load: room.load, at: now))
            missing[owner, default: 0] -= room.load
        }
        return chosen
    }

    private static func isQuieter(_ one: OwnRoom, _ other: OwnRoom) -> Bool {
        (one.load, one.changedAt) < (other.load, other.changedAt)
    }
}
