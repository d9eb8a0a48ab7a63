package import Coordination
package import EventLoopIsolation
import HTTPTypes
package import Hummingbird
import NIOCore
package import SocketIOServer
package import TraceLines

/// What a gateway's HTTP side is made of.
package struct GatewayRouter: Sendable {
    private let sessions: SessionRoutes
    private let rateLimit: RateLimitMiddleware
    private let readiness: Readiness
    private let endpoint: SocketIOEndpoint
    private let pages: Pages
    private let clock: ProcessClock
    private let spans: SpanSource?
    private let version: String

    @LoopActor
    package init(
        channels: RoomChannels,
        signer: Signer,
        clock: ProcessClock,
        publicURL: String,
        apiKey: String?,
        addresses: PeerAddresses,
        readiness: Readiness,
        endpoint: SocketIOEndpoint,
        pages: Pages,
        spans: SpanSource?,
        version: String
    ) {
        sessions = SessionRoutes(
            channels: channels,
            signer: signer,
            clock: clock,
            publicURL: publicURL,
            apiKey: apiKey
        )
        rateLimit = RateLimitMiddleware(addresses: addresses, clock: clock)
        self.readiness = readiness
        self.endpoint = endpoint
        self.pages = pages
        self.clock = clock
        self.spans = spans
        self.version = version
    }

    package func router() -> Router<GatewayRequestContext> {
        let router = Router(context: GatewayRequestContext.self)
        router.add(middleware: RequestLog(clock: clock))
        if let spans { router.add(middleware: RequestSpans(spans: spans)) }
        router.add(middleware: AnswerHeaders(pagePolicy: pages.securityPolicy))
        router.add(middleware: ProblemMiddleware())
        router.add(middleware: rateLimit)
        router.add(middleware: pages.assets)
        route(router, "/api/health", [.get: { _, _ in health() }])
        route(router, "/api/ready", [.get: { _, _ in try await ready() }])
        route(router, "/api/sessions", [.post: sessions.create])
        route(router, "/api/sessions/:id", [.get: sessions.read, .delete: sessions.delete])
        route(router, "/openapi.yaml", [.get: { _, _ in pages.openAPI }])
        route(router, "/asyncapi.yaml", [.get: { _, _ in pages.asyncAPI }])
        route(router, "/", [.get: { _, _ in pages.index }])
        route(router, "/s/:id", [.get: { _, _ in pages.index }])
        endpoint.addRoutes(to: router)
        return router
    }

    private static let methods: [HTTPRequest.Method] = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect,
    ]

    private typealias Handler =
        @Sendable (Request, GatewayRequestContext) async throws -> Response

    /// Every other method on a path that is known is told which are allowed.
    private func route(
        _ router: Router<GatewayRequestContext>,
        _ path: RouterPath,
        _ handlers: [HTTPRequest.Method: Handler]
    ) {
        let allowed = (Array(handlers.keys) + (handlers[.get] == nil ? [] : [.head]))
            .sorted { $0.rawValue < $1.rawValue }
        for method in Self.methods {
            let handler = handlers[method] ?? (method == .head ? handlers[.get] : nil)
            router.on(path, method: method) { request, context in
                guard let handler else { throw Problem.methodNotAllowed(allowed: allowed) }
                return try await handler(request, context)
            }
        }
    }

    private func health() -> Response {
        Self.json(#"{"status":"ok","version":"\#(version)"}"#)
    }

    private func ready() async throws -> Response {
        if let part = await readiness.missingPart { throw Problem.unavailable(part: part) }
        return Self.json(#"{"status":"ready"}"#)
    }

    private static func json(_ text: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}
