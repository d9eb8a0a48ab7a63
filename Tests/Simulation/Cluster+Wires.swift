import NIOCore
import Ownership
import RoomModel
import TestSupport
import WireFormat

/// What processes and browsers use to reach one another.
extension Cluster {
    /// A command on a process's connection to Redis, and its reply; both in the order of their kind.
    ///
    /// The answer is nil where Redis refused, or nobody knows.
    func ask<Answer>(
        _ process: String,
        writes: Bool = false,
        _ command: @escaping (inout SimulatedRedis) -> Answer,
        announcing: @escaping (Answer) -> [OwnerMessage] = { _ in [] },
        publishing: @escaping (Answer) -> [RoomMessage] = { _ in [] },
        then: @escaping (Answer?) throws -> Void
    ) {
        let number = nextNumber()
        calls[process, default: [:]][number] = { try then(nil) }
        guard !brokenCommands.contains(process) else { return }
        network.send(process, "command") { [weak self] in
            guard let self else { return }
            guard !(writes && redisRefusesWrites) else {
                return reply(to: process, number) { try then(nil) }
            }
            let epochBefore = redis.epoch
            let answer = command(&redis)
            for message in announcing(answer) { publishToOwners(message) }
            if redis.epoch > epochBefore { publish(.epoch(redis.epoch)) }
            for message in publishing(answer) { publish(message) }
            reply(to: process, number) { try then(answer) }
        }
    }

    private func reply(to process: String, _ number: Int, _ then: @escaping () throws -> Void) {
        network.send(process, "reply") { [weak self] in
            if self?.calls[process]?.removeValue(forKey: number) != nil { try then() }
        }
    }

    func propose(_ process: String, _ message: OwnerMessage) {
        command(process) {
            if $0.ownersListening.isEmpty { $0.orphan() }
            $0.publishToOwners(message)
        }
    }

    func offerIfOrphaned(_ process: String) {
        command(process) { if $0.ownersListening.isEmpty { $0.orphan() } }
    }

    /// Tells another owner to take the room in this epoch; it may hang and hear of it much later.
    func handOver(_ process: String, after epoch: Epoch, to next: String) {
        command(process) { cluster in
            guard let next = cluster.owners.first(where: { $0.name == next }) else { return }
            cluster.network.send(next.name, "orders") { [weak next] in next?.take(after: epoch) }
        }
    }

    func offer(_ process: String) { command(process) { $0.orphan() } }

    private func command(_ process: String, _ action: @escaping (Cluster) -> Void) {
        guard !brokenCommands.contains(process) else { return }
        network.send(process, "command") { [weak self] in self.map(action) }
    }

    private func orphan() {
        if !redisRefusesWrites { redis.isOrphaned = true }
    }

    private func publishToOwners(_ message: OwnerMessage) { publishToOwners(message.encoded()) }

    private func publish(_ message: RoomMessage) { publish(message.encoded()) }

    private func publishToOwners(_ message: ByteBuffer) {
        for owner in owners where ownersListening.contains(owner.name) {
            network.send(owner.name, "in") { [weak owner] in try owner?.received(message) }
        }
    }

    private func publish(_ message: ByteBuffer) {
        for gateway in gateways where gatewaysListening.contains(gateway.name) {
            network.send(gateway.name, "out") { [weak gateway] in try gateway?.received(message) }
        }
    }

    /// What newer processes say to one another, for everybody to hear.
    func sayFuture() {
        for message in Future.messages {
            publishToOwners(message)
            publish(message)
        }
    }

    // MARK: Browsers

    func open(_ browser: SimulatedBrowser, resumed: LogPlace?) -> ConnectionID {
        let open = gateways.filter { $0.stopsAt == nil }
        let gateway = open[random.below(open.count)]
        let id = ConnectionID(rawValue: newName(gateway.name + ".c"))
        let sender = OwnerMessage.Sender(
            connection: id,
            participant: browser.participant,
            role: browser.role
        )
        let seat = Seat(sender, resumed: resumed, browser: browser, at: now)
        network.send(gateway.name, "from \(id.rawValue)") { [weak gateway] in
            gateway?.connect(seat)
        }
        return id
    }

    func close(_ connection: ConnectionID) {
        toGateway(of: connection) { $0.disconnected(connection) }
    }

    func fromBrowser(_ event: ProposalEvent, _ body: ByteBuffer, on connection: ConnectionID) {
        toGateway(of: connection) { $0.propose(event, body, from: connection) }
    }

    func fromBrowser(note: ByteBuffer, on connection: ConnectionID) {
        toGateway(of: connection) { $0.write(note, from: connection) }
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
}
