/// Events that a peer has yet to acknowledge, each with whoever waits for that.
///
/// Numbers count up and are never used again, so a late answer meets nobody.
package struct PendingAcknowledgements<Waiter> {
    private let countMax: Int
    private var nextID = 0
    private var waiting: [Int: (waiter: Waiter, until: Int)] = [:]
    /// Not later than the first that times out, so that a tick has to look at nothing before.
    private var soonest = Int.max

    package init(countMax: Int) {
        self.countMax = countMax
    }

    package var isEmpty: Bool { waiting.isEmpty }

    /// The number that the event is to carry; nil when too many are outstanding.
    package mutating func add(_ waiter: Waiter, until: Int) -> Int? {
        guard waiting.count < countMax else { return nil }
        defer { nextID += 1 }
        waiting[nextID] = (waiter, until)
        soonest = min(soonest, until)
        return nextID
    }

    /// Whoever waits for this number; nil if nobody does, or not any more.
    package mutating func answered(_ id: Int) -> Waiter? {
        waiting.removeValue(forKey: id)?.waiter
    }

    /// Those whose time has passed, in the order of their numbers.
    package mutating func expired(now: Int) -> [Waiter] {
        guard now >= soonest else { return [] }
        let due = waiting.filter { now >= $0.value.until }.keys.sorted()
        let waiters = due.compactMap { answered($0) }
        soonest = waiting.values.map(\.until).min() ?? .max
        return waiters
    }

    package mutating func takeAll() -> [Waiter] {
        defer { waiting = [:] }
        return waiting.sorted { $0.key < $1.key }.map(\.value.waiter)
    }
}
