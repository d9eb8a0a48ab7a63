/// Why a run could not be made: each is one line for whoever started it.
package enum RunFailure: Error, Equatable, CustomStringConvertible, Sendable {
    case unusableAuthorities(String)
    case notReachable(TargetURL, reason: String)
    case notViva(TargetURL, found: String)
    case apiKeyRequired(given: Bool)
    case rateLimited(TargetURL)
    case sessionRefused(status: Int, title: String)
    case tooFewFiles(needed: Int, allowed: Int)
    case nobodyCame(reason: String)
    case interrupted

    package var description: String {
        switch self {
        case .unusableAuthorities(let reason):
            "the certificates of --ca-file cannot be used: \(reason)"
        case .notReachable(let url, let reason):
            "\(url.text) cannot be reached: \(reason)"
        case .notViva(let url, let found):
            "\(url.text) is not a deployment of Viva: GET /api/health answered \(found)"
        case .apiKeyRequired(given: false):
            "the deployment wants its API key to create sessions: give it by --api-key or VIVA_API_KEY"
        case .apiKeyRequired(given: true):
            "the deployment does not accept this API key"
        case .rateLimited(let url):
            "\(url.text) limits this address: exempt it there by VIVA_UNLIMITED, or load the gateways themselves"
        case .sessionRefused(let status, let title):
            "a session could not be created: \(status) \(title)"
        case .tooFewFiles(let needed, let allowed):
            "\(needed) connections are needed and \(allowed) files may be open: raise the limit by ulimit -n"
        case .nobodyCame(let reason): "nobody could join: \(reason)"
        case .interrupted: "interrupted before anybody came"
        }
    }
}
