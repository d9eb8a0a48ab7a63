import Coordination
import EventLoopIsolation
import HTTPTypes
import Hummingbird
import RoomModel

/// Holds each address to its rate of requests, whatever stands before the gateway.
///
/// The page and its contracts are small and the same for all, and whoever asks for health must hear it in
/// a flood, too: they are not counted.
struct RateLimitMiddleware: RouterMiddleware {
    typealias Context = GatewayRequestContext

    let addresses: PeerAddresses
    let clock: ProcessClock
    let sessions: AddressRates
    let polls: AddressRates

    @LoopActor
    init(addresses: PeerAddresses, clock: ProcessClock) {
        self.addresses = addresses
        self.clock = clock
        sessions = AddressRates(
            perSecond: Limits.Address.requestsPerSecond,
            burst: Limits.Address.requestsBurst
        )
        polls = AddressRates(
            perSecond: Limits.Address.pollsPerSecond,
            burst: Limits.Address.pollsBurst
        )
    }

    func handle(
        _ request: Request,
        context: GatewayRequestContext,
        next: (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        let key = addresses.key(
            remote: context.remoteAddress?.ipAddress ?? "",
            forwardedFor: request.headers.last { $0.name.canonicalName == "x-forwarded-for" }?.value
        )
        if let key, let rates = rates(of: request.uri.path),
            await !rates.allows(key, at: clock.uptimeMilliseconds())
        {
            throw Problem.rateLimited
        }
        return try await next(request, context)
    }

    private func rates(of path: String) -> AddressRates? {
        if path.hasPrefix("/api/sessions") { return sessions }
        return path.hasPrefix("/socket.io/") ? polls : nil
    }
}
