import NIOCore
import Ownership
import RoomModel
import TestSupport
import WireFormat

/// Browsers, gateways, owners and Redis around one room, in one process, under one random source.
final class Cluster {
    static let start = Snapshot(text: "int main", language: "c")

    var network = Network()
    var redis = SimulatedRedis(start)
    /// What is on the disk: what Redis has after a power failure.
    var durable = SimulatedRedis(start)
    /// Milliseconds since the beginning.
    var now = 1
    /// Who has a subscription that stands.
    var ownersListening: Set<String> = []
    var gatewaysListening: Set<String> = []
    var owners: [SimulatedOwner] = []
    var gateways: [SimulatedGateway] = []
    var browsers: [SimulatedBrowser] = []
    var faults: [Fault: Int] = [:]
    var redisRefusesWrites = false
    var random: SeededGenerator
    /// Calls under way, by process, as what is to be done when their outcome stays unknown.
    var calls: [String: [Int: () -> Void]] = [:]
    /// Processes whose connection for commands is broken and that have not noticed.
    var brokenCommands: Set<String> = []
    private var names = 0
    private var markCount: UInt32 = 0
    private let mayEnd: Bool

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        mayEnd = seed.isMultiple(of: 10)
        for _ in 0..<2 { startOwner() }
        for _ in 0..<2 { startGateway() }
        let roles: [Role] = [.interviewer, .candidate, .candidate, .observer]
        browsers = roles.enumerated().map { index, role in
            SimulatedBrowser(
                participant: ParticipantID(rawValue: "p\(index)"),
                role: role,
                cluster: self
            )
        }
    }

    func newName(_ kind: String) -> String {
        names += 1
        return "\(kind)\(names)"
    }

    func nextNumber() -> Int {
        names += 1
        return names
    }

    // MARK: One step

    func step() throws {
        switch random.below(1_000) {
        case 0..<80: try type()
        case 80..<90: wish()
        case 90..<140: pass(milliseconds: random.below(400))
        case 140..<152: try fail()
        case 152..<160: durable = redis
        case 160..<170: heal()
        default: try deliver()
        }
    }

    func deliver() throws {
        try network.next(&random)?()
        takeOrphan()
    }

    private func type() throws {
        // An observer's page does not let them type; one in a while has another page.
        let index = random.chance(percent: 3) ? 3 : random.below(3)
        guard markCount < 6_000 else { return }
        markCount += 1
        let mark = String(UnicodeScalar(0xE000 + markCount) ?? "?")
        try browsers[index].type(mark, &random)
    }

    /// What they may ask for and what they may not.
    private func wish() {
        let browser = browsers[random.below(browsers.count)]
        switch random.below(16) {
        case 0...3: browser.wish(.language("swift"))
        case 4...5: browser.wish(.locked(true))
        case 6...7: browser.wish(.ended(if: mayEnd && random.chance(percent: 30)))
        case 8: browser.wish(.chat("hello \(now)"))
        case 9: browser.wish(.title("Trees \(now)"))
        case 10: browser.wish(.timer(running: random.chance(percent: 50), remaining: now))
        case 11: browser.wish(.hidden(random.chance(percent: 50)))
        case 12: browser.wish(.pasted(200 + random.below(1_000)))
        default: browsers[0].wish(.locked(false))
        }
    }

    func pass(milliseconds: Int) {
        now += milliseconds
        for gateway in gateways where !network.hung.contains(gateway.name) { gateway.tick() }
        for owner in owners where !network.hung.contains(owner.name) { owner.tick() }
        endWhatWasStopped()
        for browser in browsers { browser.tick() }
    }

    private func endWhatWasStopped() {
        for owner in owners {
            guard let end = owner.stopsAt, owner.state == nil || end <= now else { continue }
            self.end(owner)
        }
        for gateway in gateways {
            guard let end = gateway.stopsAt, gateway.isEmpty || end <= now else { continue }
            self.end(gateway)
        }
    }

    private func takeOrphan() {
        guard redis.isOrphaned, !network.isRedisHung, random.chance(percent: 30) else { return }
        let free = owners.filter { !network.hung.contains($0.name) && $0.stopsAt == nil }
        guard !free.isEmpty else { return }
        redis.isOrphaned = false
        free[random.below(free.count)].take()
    }

    // MARK: The end

    /// Nothing fails any more; time passes until everybody has everything.
    func settle() throws {
        heal()
        for _ in 0..<400 {
            for _ in 0..<2_000 where !network.isQuiet || redis.isOrphaned { try deliver() }
            if browsers.allSatisfy(\.isSettled), network.isQuiet { return }
            pass(milliseconds: 400)
        }
        throw NeverSettled()
    }

    struct NeverSettled: Error {}
}

extension Wish {
    /// The end of the session, or something harmless.
    fileprivate static func ended(if ends: Bool) -> Self { ends ? .ended : .language("go") }
}
