import Ownership
import RoomModel
import TestSupport

extension Cluster {
    func fail() throws {
        let fault = Fault.allCases[random.below(Fault.allCases.count)]
        faults[fault, default: 0] += 1
        let owner = owners[random.below(owners.count)]
        let gateway = gateways[random.below(gateways.count)]
        let browser = browsers[random.below(browsers.count)]
        switch fault {
        case .ownerKilled: if owner.stopsAt == nil { replace(owner) } else { end(owner) }
        case .ownerHangs: network.hung.insert(owner.name)
        case .ownerStopped: stop(owner)
        case .gatewayKilled: if gateway.stopsAt == nil { replace(gateway) } else { end(gateway) }
        case .gatewayHangs: network.hung.insert(gateway.name)
        case .gatewayStopped: stop(gateway)
        case .gatewayGivenUp: for owner in owners { owner.take(.gatewayGone(gateway.name)) }
        case .redisRestarted: restartRedis()
        case .redisLosesItsTail: loseTail()
        case .redisRefusesWrites: redisRefusesWrites = true
        case .redisHangs: network.isRedisHung = true
        case .ownerUnsubscribed: interrupt(owner)
        case .gatewayUnsubscribed: interrupt(gateway)
        case .ownerCommandsCut: cutCommands(owner.name) {}
        case .gatewayCommandsCut: cutCommands(gateway.name) { [weak gateway] in gateway?.refresh() }
        case .messageLost: network.damage(gateway.name, "out", repeating: false)
        case .messageRepeated:
            network.damage(owner.name, "in", repeating: true)
            network.damage(gateway.name, "out", repeating: true)
        case .pipeHeld: if let pipe = network.any(&random) { network.held.insert(pipe) }
        case .offeredWhileOwned: redis.isOrphaned = true
        case .ownerHandsOver: handOver(to: owner)
        case .browserCut: browser.connectionEnded()
        case .browsersCut: for browser in browsers { browser.connectionEnded() }
        case .browserReloaded: try browser.reload()
        }
    }

    func heal() {
        network.hung = []
        network.held = []
        network.isRedisHung = false
        redisRefusesWrites = false
    }

    // MARK: Processes

    func startOwner() {
        let isNewer = hasNewerOwners && random.chance(percent: 50)
        owners.append(SimulatedOwner(name: newName("o"), isNewer: isNewer, cluster: self))
    }

    func end(_ owner: SimulatedOwner) {
        owners.removeAll { $0 === owner }
        network.cut(owner.name)
        ownersListening.remove(owner.name)
        calls[owner.name] = nil
    }

    private func replace(_ owner: SimulatedOwner) {
        end(owner)
        startOwner()
    }

    private func stop(_ owner: SimulatedOwner) {
        guard owner.stopsAt == nil, !network.hung.contains(owner.name) else { return }
        startOwner()
        owner.stop()
    }

    /// Whoever owns the room tells another to take it, and serves on.
    private func handOver(to next: SimulatedOwner) {
        for owner in owners where owner !== next && !network.hung.contains(owner.name) {
            owner.handOver(to: next)
        }
    }

    func startGateway() {
        let gateway = SimulatedGateway(name: newName("g"), cluster: self)
        gateways.append(gateway)
        subscribe(gateway)
    }

    func end(_ gateway: SimulatedGateway) {
        gateways.removeAll { $0 === gateway }
        network.cut(gateway.name)
        gatewaysListening.remove(gateway.name)
        calls[gateway.name] = nil
        for browser in browsers where browser.connection?.gateway == gateway.name {
            browser.connectionEnded()
        }
        for owner in owners { owner.take(.gatewayGone(gateway.name)) }
    }

    private func replace(_ gateway: SimulatedGateway) {
        end(gateway)
        startGateway()
    }

    private func stop(_ gateway: SimulatedGateway) {
        guard gateway.stopsAt == nil, !network.hung.contains(gateway.name) else { return }
        startGateway()
        gateway.stop()
    }

    // MARK: Connections to Redis

    /// What is published until the subscription stands again is lost to this gateway.
    private func interrupt(_ gateway: SimulatedGateway) {
        network.cut(gateway.name, "out")
        gatewaysListening.remove(gateway.name)
        network.send(gateway.name, "notice") { [weak self, weak gateway] in
            guard let self, let gateway else { return }
            gateway.interrupted()
            subscribe(gateway)
        }
    }

    private func subscribe(_ gateway: SimulatedGateway) {
        network.send(gateway.name, "subscribe") { [weak gateway] in gateway?.listening() }
    }

    private func interrupt(_ owner: SimulatedOwner) {
        guard ownersListening.remove(owner.name) != nil else { return }
        network.cut(owner.name, "in")
        network.send(owner.name, "notice") { [weak owner] in owner?.letGo() }
    }

    /// Nobody knows what became of the calls under way; those made until it is noticed fail too.
    private func cutCommands(_ process: String, then reconnected: @escaping () -> Void) {
        network.cut(process, "command")
        network.cut(process, "reply")
        brokenCommands.insert(process)
        network.send(process, "notice") { [weak self] in
            guard let self else { return }
            brokenCommands.remove(process)
            let failed = calls.removeValue(forKey: process) ?? [:]
            for call in failed.sorted(by: { $0.key < $1.key }) { try call.value() }
            reconnected()
        }
    }

    // MARK: Redis

    private func restartRedis() {
        now += 1 + random.below(500)
        network.isRedisHung = false
        for owner in owners {
            interrupt(owner)
            cutCommands(owner.name) {}
        }
        for gateway in gateways {
            interrupt(gateway)
            cutCommands(gateway.name) { [weak gateway] in gateway?.refresh() }
        }
    }

    /// A power failure: what was not on the disk yet is gone, from any moment since it was.
    private func loseTail() {
        redis = durable
        restartRedis()
    }
}
