import NIOCore
import Ownership
import RoomModel
import WireFormat

/// An owner process with one room at most: `OwnerState`, with pipes in the place of Redis.
final class SimulatedOwner {
    let name: String
    /// Of a version to come.
    let isNewer: Bool
    private(set) var state: OwnerState?
    /// When it has to be gone, if it was told to stop.
    private(set) var stopsAt: Int?
    private var attendanceDueAt: Int?
    /// Counts the lives of the state, so that an answer to an earlier one is not taken for its own.
    private(set) var life = 0
    unowned let cluster: Cluster

    init(name: String, isNewer: Bool, cluster: Cluster) {
        self.name = name
        self.isNewer = isNewer
        self.cluster = cluster
    }

    /// Takes the room out of the queue: reads the epoch, listens, then claims.
    func take() {
        letGo()
        life += 1
        let mine = life
        state = OwnerState()
        cluster.ask(name) {
            $0.epoch
        } then: { [weak self] seen in
            guard let self, life == mine else { return }
            guard let seen else { return letGo() }
            cluster.ownersListening.insert(name)
            claim(seen: seen)
        }
    }

    /// Takes the room from the owner that hands it over, unless it is here already.
    func take(after epoch: Epoch) {
        guard state == nil, stopsAt == nil else { return }
        life += 1
        state = OwnerState()
        cluster.ownersListening.insert(name)
        claim(seen: epoch)
    }

    func handOver(to next: SimulatedOwner) {
        guard let epoch = state?.epoch, state?.phase == .owned else { return }
        save(after: 1)
        cluster.handOver(name, after: epoch, to: next.name)
    }

    private func claim(seen: Epoch) {
        let mine = life
        cluster.ask(name, writes: true) {
            $0.claim(seen: seen)
        } announcing: {
            $0.map { [.claimed($0.epoch)] } ?? []
        } then: { [weak self] claimed in
            guard let self, life == mine else { return }
            guard let claimed = claimed ?? nil else { return letGo() }
            if isNewer { try commitFuture(claimed) } else { own(claimed) }
        }
    }

    func own(_ claimed: SimulatedRedis.Claimed) {
        attendanceDueAt = cluster.now + 10_000
        state?.claimed(
            claimed.room,
            epoch: claimed.epoch,
            snapshotRevision: claimed.snapshotRevision,
            refusals: claimed.refusals
        )
        turn()
    }

    func letGo() {
        state = nil
        life += 1
        attendanceDueAt = nil
        cluster.ownersListening.remove(name)
        cluster.network.cut(name, "in")
    }

    /// Offers the room and serves on until another has it, or time is up.
    func stop() {
        stopsAt = cluster.now + 8_000
        guard state?.phase == .owned else { return }
        save(after: 1)
        cluster.offer(name)
    }

    func tick() {
        guard let due = attendanceDueAt, due <= cluster.now else { return }
        attendanceDueAt = nil
        take(.attendanceDue)
    }

    func received(_ bytes: ByteBuffer) throws {
        guard let message = try Future.passingOver(bytes, OwnerMessage.init) else { return }
        if case .claimed(let epoch) = message {
            if state?.heard(epoch) == true { letGo() }
        } else if let incoming = OwnerState.Incoming(message) {
            take(incoming)
        }
    }

    func take(_ incoming: OwnerState.Incoming) {
        guard state?.received(incoming) == true else { return }
        let mine = life
        cluster.network.send(name, "loop") { [weak self] in
            if self?.life == mine { self?.turn() }
        }
    }

    private func turn() {
        guard let epoch = state?.epoch, let batch = state?.turn(at: cluster.now) else { return }
        for note in batch.notes { write(note, epoch: epoch) }
        guard batch.isCommitted else { return turn() }
        let mine = life
        cluster.ask(name, writes: true) {
            $0.commit(batch, epoch: epoch)
        } publishing: {
            $0 ?? []
        } then: { [weak self] published in
            guard let self, life == mine else { return }
            let isDone = (published ?? nil) != nil
            state?.committed(isDone)
            guard isDone else { return letGo() }
            save(after: 5)
            turn()
        }
    }

    private func write(_ note: Note, epoch: Epoch) {
        let mine = life
        cluster.ask(name, writes: true) {
            $0.write(note, epoch: epoch)
        } publishing: {
            $0 ?? []
        } then: { [weak self] published in
            // Refused, or nobody knows: its author sends it again.
            guard let published, published == nil, self?.life == mine else { return }
            self?.letGo()
        }
    }

    private func save(after commits: Int) {
        guard let epoch = state?.epoch, var snapshot = state?.snapshotDue(after: commits) else {
            return
        }
        snapshot.holdsUnknown = isNewer
        let mine = life
        cluster.ask(name, writes: true) { [snapshot] in
            $0.save(snapshot, epoch: epoch)
        } then: { [weak self] saved in
            if self?.life == mine, saved == false { self?.letGo() }
        }
    }
}
