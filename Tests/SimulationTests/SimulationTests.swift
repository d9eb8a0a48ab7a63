import OperationalTransform
import RoomModel
import TestSupport
import Testing

/// The promise of the README under a thousand bad days: whatever is delayed, lost, repeated, killed or hung,
/// in the end all agree, nothing that was acknowledged is missing, and nothing is there twice.
@Suite struct SimulationTests {
    @Test(arguments: seeds(200))
    func `nothing is lost and nothing doubled`(seed: UInt64) throws {
        try check(seed)
    }

    /// No gap shows such a loss, and the next owner has nothing to commit.
    @Test(arguments: [1_136, 2_538, 2_831] as [UInt64])
    func `the last commit of a quiet room is found when its announcement was lost`(
        seed: UInt64
    ) throws {
        try check(seed)
    }

    private func check(_ seed: UInt64) throws {
        let cluster = Cluster(seed: seed)
        for _ in 0..<1_500 { try cluster.step() }
        try cluster.settle()
        try checkAgreement(cluster, seed)
        checkLog(cluster, seed)
    }

    private func checkAgreement(_ cluster: Cluster, _ seed: UInt64) throws {
        var room = Room(Snapshot(text: "int main", language: "c"))
        for commit in cluster.redis.log { try room.fold(commit) }
        for browser in cluster.browsers {
            #expect(browser.editor == room.document, "seed \(seed)")
            #expect(browser.pending?.document == room.document, "seed \(seed)")
        }
    }

    private func checkLog(_ cluster: Cluster, _ seed: UInt64) {
        var inserted = ""
        var numbers: Set<[String]> = []
        for commit in cluster.redis.log {
            if case .edit(let operation) = commit.change { inserted += operation.insertedText }
            guard let number = commit.number else { continue }
            let isNew = numbers.insert([commit.by.rawValue, "\(number.rawValue)"]).inserted
            #expect(isNew, "seed \(seed): a proposal was committed twice")
        }
        let marks = inserted.unicodeScalars
        #expect(Set(marks).count == marks.count, "seed \(seed): an edit was doubled")
        for browser in cluster.browsers {
            let saved = browser.saved.values.joined().unicodeScalars
            #expect(Set(saved).isSubset(of: Set(marks)), "seed \(seed): a saved edit is missing")
        }
    }

    @Test func `a run does what it is meant to show`() throws {
        var faults = 0
        var commits = 0
        var typed = 0
        for seed in UInt64(1)...20 {
            let cluster = Cluster(seed: seed)
            for _ in 0..<1_500 { try cluster.step() }
            try cluster.settle()
            faults += cluster.faults
            commits += cluster.redis.log.count
            typed += cluster.browsers.reduce(0) { $0 + $1.typed.unicodeScalars.count }
        }
        #expect(faults > 100)
        #expect(commits > 500)
        #expect(typed > 500)
    }
}
