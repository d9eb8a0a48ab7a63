import HTTPTypes
import Hummingbird
import SocketIOServer

/// The first of all middleware: says with every answer, errors too, how a browser may use it.
struct AnswerHeaders<Context: RequestContext>: RouterMiddleware {
    /// For the page and its scripts: one that runs as a worker is held to the policy it came with.
    let pagePolicy: String?

    private let fields: HTTPFields

    init(pagePolicy: String?) {
        self.pagePolicy = pagePolicy
        fields = HTTPFields(
            SecurityHeaders.all.compactMap { name, value in
                HTTPField.Name(name).map { HTTPField(name: $0, value: value) }
            }
        )
    }

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await answer(request, context, next)
        response.headers.append(contentsOf: fields)
        response.headers[.contentSecurityPolicy] = policy(for: request.uri.path)
        // A body behind the answer to HEAD would be taken for the next answer on the connection.
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func policy(for path: String) -> String {
        let isPage = path == "/" || path.hasPrefix("/s/") || path.hasPrefix("/assets/")
        return (isPage ? pagePolicy : nil) ?? SecurityHeaders.policy
    }

    private func answer(
        _ request: Request,
        _ context: Context,
        _ next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError {
            return try error.response(from: request, context: context)
        }
    }
}
