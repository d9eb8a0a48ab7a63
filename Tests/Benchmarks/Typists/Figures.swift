import Foundation
import NIOCore

/// What is measured of the edits meant to be typed in a span of time; the others warm up.
struct Figures {
    let span: Range<NIODeadline>
    private(set) var edits = 0
    /// Edits that reached their last reader within the span, whenever they were typed: what was done in it.
    private(set) var delivered = 0
    private(set) var acknowledgement = Latencies()
    /// At each of the others.
    private(set) var arrival = Latencies()
    /// At the last of the others.
    private(set) var lastArrival = Latencies()
    /// How late this program itself was: what is measured holds it too.
    private(set) var lateness = Latencies()

    init(_ span: Range<NIODeadline>) { self.span = span }

    mutating func typed(_ intended: NIODeadline, at now: NIODeadline) {
        guard span.contains(intended) else { return }
        edits += 1
        lateness.record(nanoseconds: (now - intended).nanoseconds)
    }

    mutating func acknowledged(_ intended: NIODeadline, at now: NIODeadline) {
        guard span.contains(intended) else { return }
        acknowledgement.record(nanoseconds: (now - intended).nanoseconds)
    }

    mutating func arrived(_ intended: NIODeadline, at now: NIODeadline, last: Bool) {
        if last, span.contains(now) { delivered += 1 }
        guard span.contains(intended) else { return }
        arrival.record(nanoseconds: (now - intended).nanoseconds)
        if last { lastArrival.record(nanoseconds: (now - intended).nanoseconds) }
    }

    /// One line of JSON: latencies in milliseconds by name and percentile.
    func json(_ rest: [String: Double]) throws -> String {
        var values = rest
        values["edits"] = Double(edits)
        values["delivered"] = Double(delivered)
        let kinds = [
            "acknowledgement": acknowledgement, "arrival": arrival, "last_arrival": lastArrival,
            "lateness": lateness,
        ]
        for (name, latencies) in kinds {
            values["\(name)_count"] = Double(latencies.count)
            for (label, share) in [("p50", 0.5), ("p99", 0.99), ("p999", 0.999), ("max", 1)] {
                values["\(name)_\(label)"] = latencies.percentile(share)
            }
        }
        let data = try JSONSerialization.data(withJSONObject: values, options: .sortedKeys)
        return String(decoding: data, as: UTF8.self)
    }
}
