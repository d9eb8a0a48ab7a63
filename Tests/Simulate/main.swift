// Soaks the simulation: `simulate [seeds] [first seed]`, says what was done, and fails if a promise was broken.
import Foundation
import Simulation

let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
let count = arguments.first ?? 20_000
let first = arguments.dropFirst().first ?? 1
var (commits, unknown, saved, takenBack, notices, broken) = (0, 0, 0, 0, 0, 0)
var faults: [Fault: Int] = [:]
for seed in first..<first + count {
    let run = Simulation(seed: seed)
    commits += run.commits
    unknown += run.unknownCommits
    saved += run.saved
    takenBack += run.takenBack
    notices += run.notices
    faults.merge(run.faults) { $0 + $1 }
    for promise in run.brokenPromises { print("SEED=\(seed): \(promise)") }
    if !run.brokenPromises.isEmpty { broken += 1 }
}
print("\(count) seeds from \(first), \(broken) with a broken promise")
print(
    "\(commits) commits, \(unknown) of a newer version, \(saved) edits told to be saved, \(takenBack) taken back, \(notices) notices"
)
print("\(faults.values.reduce(0, +)) faults:")
for fault in Fault.allCases { print("  \(fault.rawValue) \(faults[fault] ?? 0)") }
exit(broken == 0 ? 0 : 1)
