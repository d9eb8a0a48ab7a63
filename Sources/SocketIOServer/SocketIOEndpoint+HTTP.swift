import EventLoopIsolation
import HTTPTypes
package import Hummingbird
package import NIOCore
import NIOHTTP1
import SocketIO

extension SocketIOEndpoint {
    /// Routes for polling at the endpoint's path.
    nonisolated package func addRoutes<Context: RemoteAddressRequestContext>(
        to router: some RouterMethods<Context>
    ) {
        for method in [HTTPRequest.Method.get, .post] {
            router.on(RouterPath(path), method: method) { request, context in
                await self.respond(to: request, remoteAddress: context.remoteAddress)
            }
        }
    }

    /// Answers one request of a polling transport; a poll is answered when there is something to say.
    package func respond(to request: Request, remoteAddress: SocketAddress?) async -> Response {
        do throws(EngineRefusal) {
            let query = EngineRequest(query: request.uri.query ?? "")
            guard query.transport == "polling" else {
                throw query.transport == "websocket" ? .badRequest : .transportUnknown
            }
            guard let sid = query.sid else {
                return try openByPolling(request, query, remoteAddress: remoteAddress)
            }
            guard let engine = engine(sid) else { throw .sessionUnknown }
            return switch request.method {
            case .get: Response(payload: try await engine.poll())
            case .post: try await post(request, to: engine)
            default: throw .badRequest
            }
        } catch {
            return Response(error)
        }
    }

    private func openByPolling(
        _ request: Request,
        _ query: EngineRequest,
        remoteAddress: SocketAddress?
    ) throws(EngineRefusal) -> Response {
        guard request.method == .get else { throw .badHandshakeMethod }
        guard query.version == "4" else { throw .unsupportedVersion }
        let handshake = Handshake(remoteAddress: remoteAddress) { name in
            name == "host"
                ? request.head.authority : HTTPField.Name(name).flatMap { request.headers[$0] }
        }
        let engine = try open(.polling, handshake: handshake)
        return Response(payload: engine.firstPoll())
    }

    private func post(
        _ request: Request,
        to engine: EngineConnection
    ) async throws(EngineRefusal) -> Response {
        guard let body = try? await request.body.collect(upTo: limits.payloadBytesMax) else {
            return Response(status: .contentTooLarge)
        }
        try engine.post(body)
        return Response(
            status: .ok,
            headers: [.contentType: "text/html"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: "ok"))
        )
    }

    /// Takes in a request to speak WebSocket, or says why not.
    func webSocketRequested(
        _ head: HTTPRequestHead,
        remoteAddress: SocketAddress?,
        on channel: any Channel
    ) -> Result<WebSocketConnection, EngineRefusal> {
        do throws(EngineRefusal) {
            let query = EngineRequest(target: head.uri)
            guard query.transport == "websocket" else {
                throw query.transport == "polling" ? .badRequest : .transportUnknown
            }
            let engine: EngineConnection
            if let sid = query.sid {
                guard let known = self.engine(sid) else { throw .sessionUnknown }
                guard known.mayProbe() else { throw .badRequest }
                engine = known
            } else {
                guard query.version == "4" else { throw .unsupportedVersion }
                engine = try open(
                    .webSocket,
                    handshake: Handshake(head, remoteAddress: remoteAddress)
                )
            }
            return .success(WebSocketConnection(channel: channel, engine: engine))
        } catch {
            return .failure(error)
        }
    }
}

extension Response {
    fileprivate init(payload: ByteBuffer) {
        self.init(
            status: .ok,
            headers: [.contentType: "text/plain; charset=UTF-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: payload)
        )
    }

    fileprivate init(_ refusal: EngineRefusal) {
        self.init(
            status: HTTPResponse.Status(code: refusal.status),
            headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: refusal.body))
        )
    }
}
