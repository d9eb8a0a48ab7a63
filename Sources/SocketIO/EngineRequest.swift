/// What the query of a request at the endpoint asks for.
package struct EngineRequest: Equatable, Sendable {
    package var version: Substring?
    package var transport: Substring?
    package var sid: Substring?

    /// Parameters that are not known here, such as the `t` against caches, have no meaning.
    package init(query: some StringProtocol) {
        for pair in query.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { continue }
            switch halves[0] {
            case "EIO": version = Substring(halves[1])
            case "transport": transport = Substring(halves[1])
            case "sid": sid = Substring(halves[1])
            default: break
            }
        }
    }

    /// The same for a request target with path and query.
    package init(target: String) {
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(query: halves.count == 2 ? halves[1] : "")
    }
}
