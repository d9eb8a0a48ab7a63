package import CoreMetrics
import Measuring
import RoomModel

/// What an owner counts: each handle is made once, here.
package struct OwnerMetrics {
    let commits: Counter
    let rejections: CounterByCase<Rejection>
    /// From the first message of a turn until its call is answered.
    let commit: Timer
    let claims: Counter
    /// Rooms that another owner has claimed because this one told it to.
    let handedOver: Counter
    /// Rooms that were lost to a newer owner, noticed by a call that was refused.
    let fenced: Counter
    /// Calls that nobody knows the outcome of, or that Redis would not do.
    let failed: Counter
    let snapshots: Counter

    package init(_ factory: any MetricsFactory) {
        func counter(_ name: String) -> Counter { Counter(label: name, factory: factory) }
        commits = counter("viva_commits_total")
        rejections = CounterByCase("viva_rejections_total", label: "code", factory)
        commit = Timer(
            label: "viva_commit_latency_seconds",
            dimensions: [("stage", "commit")],
            factory: factory
        )
        claims = counter("viva_claims_total")
        handedOver = counter("viva_rooms_handed_over_total")
        fenced = counter("viva_fenced_total")
        failed = counter("viva_failed_calls_total")
        snapshots = counter("viva_snapshots_total")
    }

    func answered(_ batch: OwnerState.Batch) {
        commits.increment(by: batch.commits.count)
        for answer in batch.answers {
            switch answer {
            case .rejected(_, _, let rejection), .noteRejected(_, _, let rejection),
                .refused(_, let rejection):
                rejections.increment(rejection)
            case .admitted, .held, .evicted, .head: break
            }
        }
    }
}
