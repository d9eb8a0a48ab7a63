package import EventLoopIsolation
import NIOCore
import NIOHTTP1
package import SocketIO

/// The Socket.IO endpoint of a server: all its connections, and the one tick that keeps their time.
@LoopActor
package final class SocketIOEndpoint {
    package let serverName: String
    package let limits: EngineLimits
    let path: String
    let namespaces: Set<String>
    let application: any SocketIOApplication
    let flushes = FlushQueue()
    let ping = PreparedPacket(.ping(ByteBuffer()))
    /// Seconds since the endpoint was made.
    private(set) var now = 0
    private var engines: [String: EngineConnection] = [:]
    private var ticking: RepeatedTask?

    /// `serverName` begins every sid, so that a proxy can send polling back to where it began.
    package init(
        serverName: String,
        application: any SocketIOApplication,
        namespaces: Set<String> = [SocketPacket.rootNamespace],
        path: String = "/socket.io/",
        limits: EngineLimits = EngineLimits()
    ) {
        self.serverName = serverName
        self.application = application
        self.namespaces = namespaces
        self.path = path
        self.limits = limits
    }

    /// Starts the tick; without it nobody is pinged and nobody times out.
    package func start() {
        let second = TimeAmount.seconds(1)
        ticking = LoopActor.eventLoop.scheduleRepeatedTask(initialDelay: second, delay: second) {
            [weak self] _ in
            LoopActor.assumeIsolated { self?.tick() }
        }
    }

    /// Closes every connection, so that the server's channels end and its shutdown can complete.
    package func stop() {
        ticking?.cancel()
        ticking = nil
        for engine in engines.values { engine.close(because: .serverStopped) }
    }

    package var connections: [SocketIOConnection] { engines.values.flatMap(\.connections) }

    // MARK: Time

    /// One second has passed: a walk over all connections costs less than a timer for each.
    func tick() {
        now += 1
        for engine in engines.values { engine.tick(now: now) }
    }

    // MARK: Opening and closing

    func open(
        _ transport: EngineState.Transport,
        handshake: Handshake
    ) -> EngineConnection {
        let engine = EngineConnection(
            id: makeID(),
            handshake: handshake,
            endpoint: self,
            openedOn: transport
        )
        engines[engine.id] = engine
        return engine
    }

    func closed(_ engine: EngineConnection) {
        engines[engine.id] = nil
    }

    private func makeID() -> String {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        let random = (0..<20).map { _ in alphabet[Int.random(in: 0..<alphabet.count)] }
        return serverName + "." + String(random)
    }

    // MARK: WebSocket requests

    /// Takes in a request to speak WebSocket, or says why not.
    func webSocketRequested(
        _ head: HTTPRequestHead,
        remoteAddress: SocketAddress?,
        on channel: any Channel
    ) -> Result<WebSocketConnection, EngineRefusal> {
        let request = EngineRequest(target: head.uri)
        switch request.transport {
        case "websocket": break
        case "polling": return .failure(.badRequest)
        default: return .failure(.transportUnknown)
        }
        if let sid = request.sid {
            guard engines[String(sid)] != nil else { return .failure(.sessionUnknown) }
            return .failure(.badRequest)
        }
        guard request.version == "4" else { return .failure(.unsupportedVersion) }
        let handshake = Handshake(head, remoteAddress: remoteAddress)
        let engine = open(.webSocket, handshake: handshake)
        return .success(WebSocketConnection(channel: channel, engine: engine))
    }
}
