import ArgumentParser
import EventLoopIsolation
import Hummingbird
import Logging
import NIOCore
import SocketIO
import SocketIOServer

/// What checks of conformance and stock clients drive: the gateway's connections without its rooms.
@main
struct SocketIOEcho: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "socketio-echo",
        abstract: "Echo over Socket.IO, Engine.IO and WebSocket.",
        discussion: """
            Socket.IO at /socket.io/, namespaces / and /custom; Engine.IO at /engine.io/; plain \
            WebSocket at /echo. Times are milliseconds, sizes bytes.
            """
    )

    @Option var port = 3000
    @Option var pingInterval = 300
    @Option var pingTimeout = 200
    @Option(help: "How long a connection may be in no namespace.")
    var connectTimeout = 1_000
    @Option(help: "How long an answer to a question is waited for.")
    var answerTimeout = 500
    @Option(help: "The largest message.")
    var maxPayload = 1_000_000

    func validate() throws {
        guard (1...65_535).contains(port) else { throw ValidationError("A port is 1 to 65535.") }
        let all = [pingInterval, pingTimeout, connectTimeout, answerTimeout, maxPayload]
        guard all.allSatisfy({ $0 > 0 }) else {
            throw ValidationError("Times and sizes are greater than 0.")
        }
    }

    @LoopActor
    func run() async throws {
        let socketIO = SocketIOEndpoint(
            serverName: "echo",
            application: SocketEcho(answerTimeoutMilliseconds: answerTimeout),
            namespaces: ["/", "/custom"],
            limits: limits
        )
        let engineIO = EngineEndpoint(serverName: "echo", limits: limits) { EngineEcho($0) }
        let webSocket = WebSocketEndpoint(path: "/echo", limits: limits) { $0.send($1) }
        socketIO.start()
        engineIO.start()

        let router = Router(context: EchoRequestContext.self)
        router.get("/") { _, _ in EchoPage() }
        socketIO.addRoutes(to: router)
        engineIO.addRoutes(to: router)
        try await serve(router, [socketIO.upgrades, engineIO.upgrades, webSocket.upgrades])
    }

    private var limits: EngineLimits {
        var limits = EngineLimits()
        limits.pingIntervalMilliseconds = pingInterval
        limits.pingTimeoutMilliseconds = pingTimeout
        limits.connectTimeoutMilliseconds = connectTimeout
        limits.payloadBytesMax = maxPayload
        return limits
    }

    /// On both loopback addresses, as clients differ in what they take `localhost` for.
    private func serve(_ router: Router<EchoRequestContext>, _ upgrades: [UpgradeRoute])
        async throws
    {
        let builder = HTTPOrWebSocketChannel.serverBuilder(upgrades: upgrades)
        func application(_ host: String) -> some ApplicationProtocol {
            Application(
                router: router,
                server: builder,
                configuration: .init(address: .hostname(host, port: port)),
                eventLoopGroupProvider: .shared(LoopActor.group)
            )
        }
        let (first, second) = (application("127.0.0.1"), application("::1"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            // A machine without IPv6 does without.
            group.addTask { try? await second.runService() }
            try await first.runService()
            group.cancelAll()
        }
    }
}

struct EchoRequestContext: EngineRequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    var remoteAddress: SocketAddress? { channel.remoteAddress }
}

/// A page without anything, from which a browser may reach the endpoints as its own origin.
struct EchoPage: ResponseGenerator {
    func response(from request: Request, context: some RequestContext) -> Response {
        let page = "<!doctype html><title>socketio-echo</title>"
        return Response(
            status: .ok,
            headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page))
        )
    }
}
