/// Why a request is refused: the codes and messages are Engine.IO's.
package enum EngineRefusal: Error, Sendable {
    case transportUnknown
    case sessionUnknown
    case badHandshakeMethod
    case badRequest
    case unsupportedVersion
    /// The application does not want to hear from whoever asks.
    case forbidden
    /// The endpoint is full, or about to stop: not a code of Engine.IO, but a reason to come back.
    case unavailable
    /// The peer's address has as many as it may: not a code of Engine.IO either.
    case tooManyConnections

    package var status: Int {
        switch self {
        case .forbidden: 403
        case .unavailable: 503
        case .tooManyConnections: 429
        default: 400
        }
    }

    package var body: String {
        "{\"code\":\(code),\"message\":\"\(message)\"}"
    }

    private var code: Int {
        switch self {
        case .transportUnknown: 0
        case .sessionUnknown: 1
        case .badHandshakeMethod: 2
        case .badRequest: 3
        case .forbidden: 4
        case .unsupportedVersion: 5
        case .unavailable: 6
        case .tooManyConnections: 7
        }
    }

    private var message: String {
        switch self {
        case .transportUnknown: "Transport unknown"
        case .sessionUnknown: "Session ID unknown"
        case .badHandshakeMethod: "Bad handshake method"
        case .badRequest: "Bad request"
        case .forbidden: "Forbidden"
        case .unavailable: "Unavailable"
        case .unsupportedVersion: "Unsupported protocol version"
        case .tooManyConnections: "Too many connections from this address: close some"
        }
    }
}
