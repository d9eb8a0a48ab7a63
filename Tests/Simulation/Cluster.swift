import NIOCore
import Ownership
import RoomModel
import TestSupport
import WireFormat

/// Browsers, gateways, owners and Redis around one room, in one process, under one random source.
final class Cluster {
    /// The room as it was created: in every third candidates have to wait.
    let start: Snapshot
    /// In every fourth run a newer version is being brought in, its owners first.
    let hasNewerOwners: Bool
    /// What they were told to be committed of kinds that this version does not know.
    var futureCommits: [Commit] = []

    var network = Network()
    var redis: SimulatedRedis
    /// What is on the disk: what Redis has after a power failure.
    var durable: SimulatedRedis
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
    var calls: [String: [Int: () throws -> Void]] = [:]
    /// Processes whose connection for commands is broken and that have not noticed.
    var brokenCommands: Set<String> = []
    private var names = 0
    private var markCount: UInt32 = 0
    private let mayEnd: Bool
    private var hasRevealedNotes = false

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        start = Snapshot(
            text: "int main",
            language: "c",
            admission: seed.isMultiple(of: 3) ? .ask : .open
        )
        hasNewerOwners = seed.isMultiple(of: 4)
        redis = SimulatedRedis(start, log: seed.isMultiple(of: 11) ? BusyRoom.log : [])
        durable = redis
        mayEnd = seed.isMultiple(of: 10)
        for _ in 0..<2 { startOwner() }
        for _ in 0..<2 { startGateway() }
        let roles: [Role] = [.interviewer, .candidate, .candidate, .observer, .interviewer]
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
        case 90..<96: note()
        case 96..<140: pass(milliseconds: random.below(400))
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
        switch random.below(22) {
        case 0...3: browser.wish(.language("swift"))
        case 4...5: browser.wish(.locked(true))
        case 6...7: browser.wish(.ended(if: mayEnd && random.chance(percent: 30)))
        case 8: browser.wish(.chat("hello \(now)"))
        case 9: browser.wish(.title("Trees \(now)"))
        case 10: browser.wish(.timer(running: random.chance(percent: 50), remaining: now))
        case 11: browser.wish(.hidden(random.chance(percent: 50)))
        case 12: browser.wish(.pasted(200 + random.below(1_000)))
        case 13: browser.wish(.admission(random.chance(percent: 70) ? .ask : .open))
        case 14...18: browsers[0].wish(.admitted(browser.participant))
        default: browsers[0].wish(.locked(false))
        }
    }

    /// Interviewers write, rewrite and delete notes of their own; now and then somebody else tries to.
    private func note() {
        let browser = browsers[random.chance(percent: 10) ? random.below(5) : 4 * random.below(2)]
        let id = "note\(browser.participant.rawValue)\(random.below(4))".padded
        let text = random.chance(percent: 15) ? "" : "secret\(nextNumber())"
        guard browser.role.hasNotes else { return browser.tryToNote(id, text) }
        browser.note(id, text)
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

    /// Nothing fails any more; time passes until everybody is let in and has everything.
    func settle() throws {
        heal()
        for _ in 0..<400 {
            for _ in 0..<2_000 where !network.isQuiet || redis.isOrphaned { try deliver() }
            let isQuiet = browsers.allSatisfy(\.isSettled) && network.isQuiet
            if isQuiet, revealsNoNotes() { return }
            if browsers.contains(where: \.isHeld), browsers[0].isSettled {
                browsers[0].wish(.admission(.open))
            }
            pass(milliseconds: 400)
        }
        throw NeverSettled()
    }

    /// A message that got lost shows as a gap in the count of notes, once another is written.
    ///
    /// True once that was done, or nobody is left who could.
    private func revealsNoNotes() -> Bool {
        let author = browsers.first { $0.role.hasNotes && !$0.isShutOut }
        guard !hasRevealedNotes, let author else { return true }
        hasRevealedNotes = true
        author.note("last".padded, "secret")
        return false
    }

    struct NeverSettled: Error {}
}

extension String {
    /// As long as the ID of a note has to be.
    fileprivate var padded: String { self + String(repeating: "0", count: Note.idLength - count) }
}

extension Wish {
    /// The end of the session, or something harmless.
    fileprivate static func ended(if ends: Bool) -> Self { ends ? .ended : .language("go") }
}
