import Ownership
import RoomModel
import WireFormat

/// An owner process with one room at most: `OwnerState`, with pipes in the place of Redis.
final class SimulatedOwner {
    let name: String
    private(set) var state: OwnerState?
    /// Counts the lives of the state, so that an answer to an earlier one is not taken for its own.
    private var life = 0
    private unowned let cluster: Cluster

    init(name: String, cluster: Cluster) {
        self.name = name
        self.cluster = cluster
    }

    var isListening: Bool { cluster.ownersListening.contains(name) }

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
            cluster.ownersListening.insert(name)
            cluster.ask(name) { redis in
                redis.claim(seen: seen)
            } announcing: { claimed in
                claimed.map { [.claimed($0.epoch)] } ?? []
            } then: { [weak self] claimed in
                guard let self, life == mine else { return }
                guard let claimed else { return letGo() }
                state?.claimed(
                    claimed.room,
                    epoch: claimed.epoch,
                    snapshotRevision: claimed.snapshot,
                    refusals: claimed.refusals
                )
                turn()
            }
        }
    }

    func letGo() {
        state = nil
        cluster.ownersListening.remove(name)
    }

    func received(_ message: OwnerMessage) {
        if case .claimed(let epoch) = message {
            if state?.heard(epoch) == true { letGo() }
        } else if let incoming = OwnerState.Incoming(message) {
            take(incoming)
        }
    }

    func take(_ incoming: OwnerState.Incoming) {
        _ = state?.received(incoming)
        let mine = life
        cluster.network.send(name, "loop") { [weak self] in
            if self?.life == mine { self?.turn() }
        }
    }

    private func turn() {
        guard let epoch = state?.epoch, let batch = state?.turn(at: cluster.now) else { return }
        let mine = life
        cluster.ask(name) { redis -> [RoomMessage]? in
            redis.commit(batch, epoch: epoch)
        } publishing: {
            $0 ?? []
        } then: { [weak self] published in
            guard let self, life == mine else { return }
            state?.committed(published != nil)
            if published == nil { return letGo() }
            save(after: 5)
            turn()
        }
    }

    func save(after commits: Int) {
        guard let epoch = state?.epoch, let snapshot = state?.snapshotDue(after: commits) else {
            return
        }
        let mine = life
        cluster.ask(name) {
            $0.save(snapshot, epoch: epoch)
        } then: { [weak self] saved in
            if self?.life == mine, !saved { self?.letGo() }
        }
    }
}
