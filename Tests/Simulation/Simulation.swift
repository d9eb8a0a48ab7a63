import RoomModel

/// One bad day of one room, from a seed, and what the judge says of it.
package struct Simulation: Sendable {
    package let commits: Int
    /// Of kinds that this version does not know.
    package let unknownCommits: Int
    package let saved: Int
    package let takenBack: Int
    package let notices: Int
    package let faults: [Fault: Int]
    /// Each in a sentence; none if all went well.
    package let brokenPromises: [String]

    package init(seed: UInt64, steps: Int = 1_500) {
        let cluster = Cluster(seed: seed)
        var broken: [String] = []
        do {
            for _ in 0..<steps { try cluster.step() }
            try cluster.settle()
            broken = try Judge(cluster).brokenPromises()
        } catch {
            broken = ["the run broke off: \(error)"]
        }
        brokenPromises = broken
        commits = cluster.redis.log.count
        unknownCommits = cluster.redis.log.count { $0.isUnknown }
        faults = cluster.faults
        let memories = cluster.browsers.map(\.memory)
        saved = memories.reduce(0) { $0 + $1.saved.count }
        takenBack = memories.reduce(0) { $0 + $1.takenBack.count }
        notices = memories.reduce(0) { $0 + $1.noticeCount }
    }
}
