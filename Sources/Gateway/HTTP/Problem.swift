import HTTPTypes
package import Hummingbird
import JSONText
import Logging
import NIOCore
import RoomModel

/// An error as HTTP answers it: an RFC 9457 problem document with a stable code.
package struct Problem: Error, HTTPResponseError, Sendable {
    package let status: HTTPResponse.Status
    /// What programs branch on; openapi.yaml lists all codes.
    let code: String
    let title: String
    var field: String?
    var part: String?
    var headers: HTTPFields = [:]

    package func response(from request: Request, context: some RequestContext) throws -> Response {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("title")
        writer.string(title)
        writer.key("status")
        writer.integer(status.code)
        writer.key("code")
        writer.string(code)
        if let field {
            writer.key("field")
            writer.string(field)
        }
        if let part {
            writer.key("part")
            writer.string(part)
        }
        writer.endObject()
        var headers = headers
        headers[.contentType] = "application/problem+json"
        headers[.cacheControl] = "no-store"
        return Response(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: writer.bytes))
        )
    }
}

extension Problem {
    static let malformedRequest = Problem(
        status: .badRequest,
        code: "malformed_request",
        title: "The request is not proper HTTP/1.1."
    )
    static let malformedJSON = Problem(
        status: .badRequest,
        code: "malformed_json",
        title: "The body must be one JSON object in UTF-8."
    )
    static let missingToken = Problem(
        status: .unauthorized,
        code: "missing_token",
        title: "A token is required: send the part of a link behind # as a bearer token.",
        headers: [.wwwAuthenticate: "Bearer"]
    )
    static let invalidToken = Problem(
        status: .unauthorized,
        code: "invalid_token",
        title: "The token is not one of this session: use the part of its link behind #.",
        headers: [.wwwAuthenticate: "Bearer"]
    )
    static let apiKeyRequired = Problem(
        status: .unauthorized,
        code: "api_key_required",
        title: "This deployment wants its API key as a bearer token.",
        headers: [.wwwAuthenticate: "Bearer"]
    )
    static let wrongRole = Problem(
        status: .forbidden,
        code: "wrong_role",
        title: "Only an interviewer may do this: use the interviewer's link."
    )
    static let unknownSession = Problem(
        status: .notFound,
        code: "unknown_session",
        title: "There is no such session, or it was deleted."
    )
    static let notFound = Problem(
        status: .notFound,
        code: "not_found",
        title: "There is nothing here; see /openapi.yaml."
    )
    static let tooLarge = Problem(
        status: .contentTooLarge,
        code: "too_large",
        title: "The body must have \(Limits.HTTP.bodyBytesMax) bytes or fewer."
    )
    static let unsupportedType = Problem(
        status: .unsupportedMediaType,
        code: "unsupported_type",
        title: "The body must be application/json."
    )

    static let rateLimited = Problem(
        status: .tooManyRequests,
        code: "rate_limited",
        title: "This address may ask \(Limits.Address.requestsPerSecond) times a second, "
            + "and poll \(Limits.Address.pollsPerSecond) times: wait.",
        headers: [.retryAfter: "1"]
    )

    static func invalidField(_ field: String, expected: String) -> Problem {
        Problem(
            status: .unprocessableContent,
            code: "invalid_field",
            title: "\(field) must be \(expected).",
            field: field
        )
    }

    static func methodNotAllowed(allowed: [HTTPRequest.Method]) -> Problem {
        let list = allowed.map(\.rawValue).joined(separator: ", ")
        return Problem(
            status: .methodNotAllowed,
            code: "method_not_allowed",
            title: "This path takes \(list) only.",
            headers: [.allow: list]
        )
    }

    static func unavailable(part: String?) -> Problem {
        Problem(
            status: .serviceUnavailable,
            code: "unavailable",
            title: "Something that this needs is away: try again in a moment.",
            part: part,
            headers: [.retryAfter: "1"]
        )
    }
}

/// Turns whatever was thrown into a problem, so that nothing of the inside is ever shown.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as Problem {
            throw problem
        } catch let error as HTTPError where error.status == .notFound {
            throw Problem.notFound
        } catch let error as HTTPError where error.status == .contentTooLarge {
            throw Problem.tooLarge
        } catch {
            context.logger.error("request failed", metadata: ["reason": "\(error)"])
            throw Problem.unavailable(part: nil)
        }
    }
}
