import OperationalTransform
import RoomModel
import TestSupport
import Testing

/// Several people and one room under a random schedule: proposals are delayed, lost, repeated and
/// rejected, connections break, pages are reloaded and owners change.
@Suite struct PendingEditsPropertyTests {
    @Test func `texts converge, and no edit is lost or committed twice`() throws {
        for seed in seeds(100) {
            do {
                var meeting = try Meeting(seed: seed)
                for _ in 0..<300 { try meeting.step() }
                try meeting.settle()
                try meeting.checkOutcome()
            } catch {
                Issue.record("SEED=\(seed): \(error)")
            }
        }
    }
}
