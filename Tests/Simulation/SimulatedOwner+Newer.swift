import RoomModel

/// An owner of a version to come: it commits what this one does not know, and its snapshots hold that.
extension SimulatedOwner {
    func commitFuture(_ claimed: SimulatedRedis.Claimed) throws {
        let mine = life
        let commit = try Future.commit(
            claimed.room.revision.next,
            at: cluster.now,
            mark: cluster.nextNumber()
        )
        cluster.sayFuture()
        cluster.ask(name, writes: true) {
            ($0.append([commit], from: commit.revision, epoch: claimed.epoch), $0.knownRoom)
        } publishing: {
            $0.0.map { [$0] } ?? []
        } then: { [weak self] answer in
            guard let self, life == mine else { return }
            guard case (_?, let room?)? = answer else { return letGo() }
            cluster.futureCommits.append(commit)
            own(
                SimulatedRedis.Claimed(
                    epoch: claimed.epoch,
                    room: room,
                    snapshotRevision: claimed.snapshotRevision,
                    refusals: claimed.refusals
                )
            )
        }
    }
}
