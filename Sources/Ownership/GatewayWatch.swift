/// Decides when a gateway counts as gone: its heartbeat has to be missed twice in a row, because
/// a Redis that was just restarted knows nobody's.
package struct GatewayWatch: Sendable {
    private var missed: [String: Int] = [:]

    package init() {}

    /// Forgets all gateways but these.
    package mutating func keep(_ names: Set<String>) {
        missed = missed.filter { names.contains($0.key) }
    }

    /// Takes what Redis said; true when the gateway is to be given up now.
    package mutating func saw(_ name: String, alive: Bool) -> Bool {
        guard !alive else {
            missed[name] = nil
            return false
        }
        missed[name, default: 0] += 1
        return missed[name] == 2
    }
}
