import Simulation
import TestSupport
import Testing

/// The promise of the README under a thousand bad days: whatever is delayed, lost, repeated, killed or hung,
/// in the end all agree, nothing that was acknowledged is missing, and nothing is there twice.
@Suite struct SimulationTests {
    @Test(arguments: seeds(200))
    func `nothing is lost and nothing doubled`(seed: UInt64) {
        #expect(Simulation(seed: seed).brokenPromises == [], "seed \(seed)")
    }

    @Test(arguments: [27] as [UInt64])
    func `a gateway that was cut off before its start hears proposals after it`(seed: UInt64) {
        #expect(Simulation(seed: seed).brokenPromises == [])
    }

    @Test(arguments: [29, 31, 45] as [UInt64])
    func `who missed nothing while away resumes and is told of no loss`(seed: UInt64) {
        #expect(Simulation(seed: seed).brokenPromises == [])
    }

    @Test func `a run does what it is meant to show`() {
        let runs = (UInt64(1)...60).map { Simulation(seed: $0) }
        for fault in Fault.allCases {
            #expect(runs.contains { $0.faults[fault] != nil }, "\(fault) never happened")
        }
        #expect(runs.reduce(0) { $0 + $1.commits } > 2_000)
        #expect(runs.reduce(0) { $0 + $1.saved } > 1_000)
        #expect(runs.reduce(0) { $0 + $1.unknownCommits } > 20)
        #expect(runs.contains { $0.takenBack > 0 })
        #expect(runs.contains { $0.notices > 0 })
    }
}
