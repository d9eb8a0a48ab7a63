package import CoreMetrics
import EventLoopIsolation
import Measuring
import RoomModel
import SocketIO
import WireFormat

/// What a gateway counts: each handle is made once, here.
package struct GatewayMetrics {
    let proposals: CounterByCase<ProposalEvent>
    let rejections: CounterByCase<Rejection>
    let joins: CounterByCase<Coming>
    let refusals: CounterByCase<ConnectRequest.Refusal>
    let closes: CounterByCase<CloseReason>
    /// Commits that owners published and we passed on.
    let commits: Counter
    /// Connections that a batch of commits was passed on to.
    let receivers: Recorder
    /// From a proposal until its own commit is passed on.
    let delivery: Timer
    let sampler = ProposalSampler()
    let presenceDropped: Counter
    let gapsFilled: Counter
    let silentOwners: Counter

    enum Coming: String, CaseIterable {
        case new
        case resumed
    }

    package init(_ factory: any MetricsFactory) {
        func counter(_ name: String) -> Counter { Counter(label: name, factory: factory) }
        proposals = CounterByCase("viva_proposals_total", label: "kind", factory)
        rejections = CounterByCase("viva_rejections_total", label: "code", factory)
        joins = CounterByCase("viva_joins_total", label: "kind", factory)
        refusals = CounterByCase("viva_refusals_total", label: "code", factory)
        closes = CounterByCase("viva_closes_total", label: "reason", factory)
        commits = counter("viva_commits_total")
        receivers = Recorder(label: "viva_fanout_receivers", factory: factory)
        delivery = Timer(
            label: "viva_commit_latency_seconds",
            dimensions: [("stage", "delivery")],
            factory: factory
        )
        presenceDropped = counter("viva_presence_dropped_total")
        gapsFilled = counter("viva_gaps_filled_total")
        silentOwners = counter("viva_silent_owners_total")
    }
}

/// Chooses the proposals whose way is timed: one in each interval, of all rooms of a gateway.
///
/// To look for each proposal's commit among all that come would cost more than passing them on.
@LoopActor
final class ProposalSampler {
    static let intervalMilliseconds = 20
    private var nextAt = Int.min

    nonisolated init() {}

    func takes(at now: Int) -> Bool {
        guard now >= nextAt else { return false }
        nextAt = now + Self.intervalMilliseconds
        return true
    }
}
