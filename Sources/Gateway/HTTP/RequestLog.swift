import Coordination
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import RoomModel

/// Writes a line for each request of REST, and answers with the ID under which it stands there.
///
/// The ID is that of the proxy, so that its log has the same, or a new one. The page, its contracts and
/// polling are for the proxy's log alone; whoever asks for health asks often, and is heard at `debug`.
struct RequestLog: RouterMiddleware {
    typealias Context = GatewayRequestContext

    private static let header = HTTPField.Name("X-Request-ID")
    let clock: ProcessClock

    func handle(
        _ request: Request,
        context: GatewayRequestContext,
        next: (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        guard request.uri.path.hasPrefix("/api/") else { return try await next(request, context) }
        let id = Self.id(of: request)
        var context = context
        context.logger[metadataKey: "request"] = "\(id)"
        let start = clock.uptimeMilliseconds()
        var response = try await next(request, context)
        log(request, context, response, milliseconds: clock.uptimeMilliseconds() - start)
        if let header = Self.header { response.headers[header] = id }
        return response
    }

    /// Nothing that a request holds is written down as it is: a path may hold a link that was pasted there.
    private func log(
        _ request: Request,
        _ context: GatewayRequestContext,
        _ response: Response,
        milliseconds: Int
    ) {
        let path = request.uri.path
        let isSessions = path.hasPrefix("/api/sessions")
        context.logger.log(
            level: isSessions ? .info : .debug,
            "request was answered",
            metadata: [
                "method": "\(request.method.known)",
                "status": "\(response.status.code)",
                "milliseconds": "\(milliseconds)",
                "room": "\(Self.room(path, response) ?? "-")",
            ]
        )
    }

    /// The session that was asked for, or that was made.
    private static func room(_ path: String, _ response: Response) -> Substring? {
        let location = response.headers[.location] ?? path
        guard let name = location.split(separator: "/").dropFirst(2).first,
            response.status.kind == .successful, name.isIdentifier()
        else { return nil }
        return name
    }

    private static func id(of request: Request) -> String {
        guard let header, let id = request.headers[header], id.isIdentifier() else {
            return randomIdentifier()
        }
        return id
    }
}

extension HTTPRequest.Method {
    /// As a log may say it: what is no method may be anything.
    var known: String {
        let known: [Self] = [.get, .head, .post, .put, .patch, .delete, .options]
        return known.contains(self) ? rawValue : "other"
    }
}
