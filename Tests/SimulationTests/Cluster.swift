import Gateway
import NIOCore
import Ownership
import RoomModel
import TestSupport
import WireFormat

/// Browsers, gateways, owners and Redis around one room, in one process, under one random source.
final class Cluster {
    var network = Network()
    private(set) var redis = SimulatedRedis(Snapshot(text: "int main", language: "c"))
    /// Milliseconds since the beginning.
    private(set) var now = 0
    /// Who has a subscription that stands.
    var ownersListening: Set<String> = []
    var gatewaysListening: Set<String> = []
    private(set) var browsers: [SimulatedBrowser] = []
    private(set) var faults = 0
    private var random: SeededGenerator
    private var owners: [SimulatedOwner] = []
    private var gateways: [SimulatedGateway] = []
    /// Processes that neither read nor write just now.
    private var hung: Set<String> = []
    private var names = 0
    private var marks: UInt16 = 0

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        owners = (0..<2).map { _ in SimulatedOwner(name: newName("o"), cluster: self) }
        for _ in 0..<2 { startGateway() }
        browsers = (0..<3).map {
            SimulatedBrowser(participant: ParticipantID(rawValue: "p\($0)"), cluster: self)
        }
    }

    private func newName(_ kind: String) -> String {
        names += 1
        return "\(kind)\(names)"
    }

    // MARK: One step

    func step() throws {
        switch random.below(1_000) {
        case 0..<80: try type()
        case 80..<130: pass(milliseconds: random.below(400))
        case 130..<140: fail()
        default: try deliver()
        }
    }

    private func deliver() throws {
        try network.next(hung: hung, &random)?()
        takeOrphan()
    }

    private func type() throws {
        guard marks < 6_000 else { return }
        marks += 1
        let mark = String(UnicodeScalar(0xE000 + marks) ?? "?")
        try browsers[random.below(browsers.count)].type(mark, &random)
    }

    private func pass(milliseconds: Int) {
        now += milliseconds
        for gateway in gateways where !hung.contains(gateway.name) { gateway.tick() }
        for browser in browsers { browser.tick() }
    }

    private func takeOrphan() {
        guard redis.isOrphaned, random.chance(percent: 30) else { return }
        let free = owners.filter { !hung.contains($0.name) }
        guard !free.isEmpty else { return }
        redis.isOrphaned = false
        free[random.below(free.count)].take()
    }

    // MARK: Faults

    private func fail() {
        faults += 1
        let owner = random.below(owners.count)
        let gateway = random.below(gateways.count)
        switch random.below(9) {
        case 0: replaceOwner(owner)
        case 1: replaceGateway(gateway)
        case 2: hung.insert(owners[owner].name)
        case 3: hung = []
        case 4: browsers[random.below(browsers.count)].connectionEnded()
        case 5: interrupt(gateways[gateway])
        case 6: redis.isOrphaned = true
        case 7: network.damage(gateways[gateway].name, "out", repeating: random.chance(percent: 50))
        default: network.damage(owners[owner].name, "in", repeating: random.chance(percent: 50))
        }
    }

    private func replaceOwner(_ index: Int) {
        network.cut(owners[index].name)
        ownersListening.remove(owners[index].name)
        owners[index] = SimulatedOwner(name: newName("o"), cluster: self)
    }

    private func replaceGateway(_ index: Int) {
        let dead = gateways.remove(at: index)
        network.cut(dead.name)
        gatewaysListening.remove(dead.name)
        startGateway()
        for browser in browsers where browser.connection?.gateway == dead.name {
            browser.connectionEnded()
        }
        for owner in owners { owner.take(.gatewayGone(dead.name)) }
    }

    private func startGateway() {
        let gateway = SimulatedGateway(name: newName("g"), cluster: self)
        gateways.append(gateway)
        subscribe(gateway)
    }

    /// The subscription breaks and is restored: what is published between is lost to this gateway.
    private func interrupt(_ gateway: SimulatedGateway) {
        network.cut(gateway.name, "out")
        gatewaysListening.remove(gateway.name)
        subscribe(gateway)
    }

    private func subscribe(_ gateway: SimulatedGateway) {
        network.send(gateway.name, "subscribe") { [weak gateway] in gateway?.listening() }
    }

    // MARK: What processes use

    /// A command on a process's connection to Redis, and its reply; both in the order of their kind.
    func ask<Answer>(
        _ process: String,
        _ command: @escaping (inout SimulatedRedis) -> Answer,
        announcing: @escaping (Answer) -> [OwnerMessage] = { _ in [] },
        publishing: @escaping (Answer) -> [RoomMessage] = { _ in [] },
        then: @escaping (Answer) -> Void
    ) {
        network.send(process, "command") { [weak self] in
            guard let self else { return }
            let epochBefore = redis.epoch
            let answer = command(&redis)
            for message in announcing(answer) { publishToOwners(message) }
            if redis.epoch > epochBefore { publish(.epoch(redis.epoch)) }
            for message in publishing(answer) { publish(message) }
            network.send(process, "reply") { then(answer) }
        }
    }

    func propose(_ process: String, _ message: OwnerMessage) {
        network.send(process, "command") { [weak self] in
            guard let self else { return }
            if ownersListening.isEmpty { redis.isOrphaned = true }
            publishToOwners(message)
        }
    }

    func offerIfOrphaned(_ process: String) {
        network.send(process, "command") { [weak self] in
            guard let self, ownersListening.isEmpty else { return }
            redis.isOrphaned = true
        }
    }

    func offer(_ process: String) {
        network.send(process, "command") { [weak self] in self?.redis.isOrphaned = true }
    }

    private func publishToOwners(_ message: OwnerMessage) {
        for owner in owners where owner.isListening {
            network.send(owner.name, "in") { [weak owner] in owner?.received(message) }
        }
    }

    private func publish(_ message: RoomMessage) {
        for gateway in gateways where gatewaysListening.contains(gateway.name) {
            network.send(gateway.name, "out") { [weak gateway] in try gateway?.received(message) }
        }
    }

    // MARK: What browsers use

    func open(_ browser: SimulatedBrowser, resumed: Revision?) -> ConnectionID {
        let gateway = gateways[random.below(gateways.count)]
        let id = ConnectionID(rawValue: newName(gateway.name + ".c"))
        let sender = OwnerMessage.Sender(
            connection: id,
            participant: browser.participant,
            role: .candidate
        )
        let seat = SimulatedGateway.Seat(sender, resumed: resumed, browser: browser, at: now)
        network.send(gateway.name, "from \(id.rawValue)") { [weak gateway] in gateway?.connect(seat)
        }
        return id
    }

    func close(_ connection: ConnectionID) {
        toGateway(of: connection) { $0.disconnected(connection) }
    }

    func fromBrowser(_ event: ProposalEvent, _ body: ByteBuffer, on connection: ConnectionID) {
        toGateway(of: connection) { $0.propose(event, body, from: connection) }
    }

    private func toGateway(
        of connection: ConnectionID,
        _ delivery: @escaping (SimulatedGateway) -> Void
    ) {
        guard let gateway = gateways.first(where: { $0.name == connection.gateway }) else { return }
        network.send(gateway.name, "from \(connection.rawValue)") { [weak gateway] in
            if let gateway { delivery(gateway) }
        }
    }

    // MARK: The end

    /// Nothing fails any more; time passes until everybody has everything.
    func settle() throws {
        hung = []
        for _ in 0..<400 {
            for _ in 0..<2_000 where !network.isQuiet || redis.isOrphaned { try deliver() }
            if browsers.allSatisfy(\.isSettled), network.isQuiet { return }
            pass(milliseconds: 400)
        }
        throw Broken.neverSettled
    }
}
