import HTTPTypes
import Hummingbird
import TraceLines
import Tracing
import WireFormat

/// A span for each request of REST, under the one that its `traceparent` names.
///
/// Polls wait for what happens, so how long they take says nothing; the page is for the proxy to trace.
struct RequestSpans: RouterMiddleware {
    typealias Context = GatewayRequestContext

    let spans: SpanSource

    func handle(
        _ request: Request,
        context: GatewayRequestContext,
        next: (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        guard let span = begin(request) else { return try await next(request, context) }
        defer { span.end() }
        let response = try await next(request, context)
        span.attributes["http.response.status_code"] = response.status.code
        if response.status.kind == .serverError { span.setStatus(SpanStatus(code: .error)) }
        return response
    }

    private func begin(_ request: Request) -> (any Span)? {
        guard let route = Self.route(of: request.uri.path) else { return nil }
        let method = request.method.known
        return spans.begin(
            "\(method) \(route)",
            .server,
            under: Self.parent(of: request),
            ["http.request.method": .string(method), "http.route": .string(route)]
        )
    }

    /// Sent twice it is joined, which is no form of it.
    private static func parent(of request: Request) -> TraceParent? {
        HTTPField.Name("traceparent").flatMap { request.headers[$0] }.flatMap(TraceParent.init)
    }

    /// The path without what names a session, which a trace does not need; nil for what is not traced.
    private static func route(of path: String) -> String? {
        let parts = path.split(separator: "/")
        guard parts.starts(with: ["api", "sessions"]) else { return nil }
        switch parts.count {
        case 2: return "/api/sessions"
        case 3: return "/api/sessions/{id}"
        default: return nil
        }
    }
}
