import EventLoopIsolation
import HTTPTypes
package import Hummingbird
package import NIOCore
import NIOHTTP1
import SocketIO

/// What a request to a polling transport has to bring along.
package protocol EngineRequestContext: RemoteAddressRequestContext {
    /// Watched while a poll waits, as only its end tells that the peer gave up.
    var channel: any Channel { get }
}

extension EngineEndpoint {
    /// Routes for polling at the endpoint's path, with those methods that are refused there.
    nonisolated package func addRoutes<Context: EngineRequestContext>(
        to router: some RouterMethods<Context>
    ) {
        for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete, .options] {
            router.on(RouterPath(path), method: method) { request, context in
                await self.respond(to: request, on: context.channel)
            }
        }
    }

    /// Answers one request of a polling transport; a poll is answered when there is something to say.
    package func respond(to request: Request, on channel: any Channel) async -> Response {
        keepTime()
        do throws(EngineRefusal) {
            let query = EngineRequest(query: request.uri.query ?? "")
            guard query.transport == "polling" else {
                throw query.transport == "websocket" ? .badRequest : .transportUnknown
            }
            guard let sid = query.sid else {
                return try openByPolling(request, query, on: channel)
            }
            let engine = try engine(sid, query)
            return switch request.method {
            case .get: try await poll(engine, on: channel)
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
        on channel: any Channel
    ) throws(EngineRefusal) -> Response {
        guard request.method == .get else { throw .badHandshakeMethod }
        guard query.version == "4" else { throw .unsupportedVersion }
        let handshake = Handshake(remoteAddress: channel.remoteAddress) { name in
            name == "host"
                ? request.head.authority : HTTPField.Name(name).flatMap { request.headers[$0] }
        }
        let engine = try open(.polling, handshake: handshake)
        return Response(payload: engine.firstPoll())
    }

    /// A connection that is known; the version is asked for with every request.
    private func engine(
        _ sid: Substring,
        _ query: EngineRequest
    ) throws(EngineRefusal) -> EngineConnection {
        guard query.version == "4" else { throw .unsupportedVersion }
        guard let engine = engine(sid) else { throw .sessionUnknown }
        return engine
    }

    private func poll(
        _ engine: EngineConnection,
        on channel: any Channel
    ) async throws(EngineRefusal) -> Response {
        guard let watch = PollWatch.on(channel), !watch.hasEnded else {
            engine.close(because: .transportFailed)
            throw .badRequest
        }
        watch.onEnd = { engine.pollAborted() }
        defer { watch.onEnd = nil }
        return Response(payload: try await engine.poll())
    }

    private func post(
        _ request: Request,
        to engine: EngineConnection
    ) async throws(EngineRefusal) -> Response {
        try engine.beginPost()
        defer { engine.isPosting = false }
        do {
            let body = try await request.body.collect(upTo: limits.payloadBytesMax)
            try engine.post(body)
        } catch let refusal as EngineRefusal {
            throw refusal
        } catch is NIOTooManyBytesError {
            return Response(status: .contentTooLarge)
        } catch {
            // What was posted is lost, and with it the order of what follows.
            engine.close(because: .transportFailed)
            throw .badRequest
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/html"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: "ok"))
        )
    }
}

extension EngineEndpoint: UpgradeEndpoint {
    /// For WebSocket on the same port.
    nonisolated package var upgrades: UpgradeRoute { UpgradeRoute(endpoint: self) }

    nonisolated func serves(_ target: String) -> Bool { target.hasPrefix(path) }

    func webSocketRequested(
        _ head: HTTPRequestHead,
        remoteAddress: SocketAddress?,
        on channel: any Channel
    ) -> Result<WebSocketConnection, EngineRefusal> {
        do throws(EngineRefusal) {
            let engine = try engineRequested(head, remoteAddress: remoteAddress)
            let webSocket = WebSocketConnection(
                channel: channel,
                receiver: engine,
                limits: limits,
                transport: transport,
                flushes: flushes
            )
            return .success(webSocket)
        } catch {
            return .failure(error)
        }
    }

    /// The connection that the WebSocket is to carry: a new one, or one that wants to leave polling.
    private func engineRequested(
        _ head: HTTPRequestHead,
        remoteAddress: SocketAddress?
    ) throws(EngineRefusal) -> EngineConnection {
        let query = EngineRequest(target: head.uri)
        guard query.transport == "websocket" else {
            throw query.transport == "polling" ? .badRequest : .transportUnknown
        }
        guard let sid = query.sid else {
            guard query.version == "4" else { throw .unsupportedVersion }
            return try open(.webSocket, handshake: Handshake(head, remoteAddress: remoteAddress))
        }
        let engine = try engine(sid, query)
        guard engine.mayProbe() else { throw .badRequest }
        return engine
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
