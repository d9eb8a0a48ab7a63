import EventLoopIsolation
import Hummingbird
import Logging
import NIOCore
import SocketIO
import SocketIOServer

/// A server on a free port whose application echoes, and whose time the test moves.
struct TestServer: Sendable {
    let endpoint: SocketIOEndpoint
    let application: EchoApplication
    let port: Int

    /// Lets seconds pass.
    @LoopActor
    func pass(seconds: Int) {
        pass(milliseconds: seconds * 1000)
    }

    @LoopActor
    func pass(milliseconds: Int) {
        let tick = endpoint.limits.tickMilliseconds
        for _ in 0..<milliseconds / tick { endpoint.pass(milliseconds: tick) }
    }
}

/// Runs `body` beside a server that stops afterwards.
func withServer(
    limits: EngineLimits = EngineLimits(),
    transport: TransportLimits = TransportLimits(),
    _ body: @escaping @Sendable (TestServer) async throws -> Void
) async throws {
    let echo = EchoApplication()
    let endpoint = await SocketIOEndpoint(
        serverName: "g1",
        application: echo,
        namespaces: ["/", "/custom"],
        limits: limits,
        transport: transport,
        peerAddress: { $0.remoteAddress }
    )
    let (ports, running) = AsyncStream.makeStream(of: Int.self)
    let router = Router(context: TestContext.self)
    endpoint.addRoutes(to: router)
    router.get("hello") { _, _ in "hello" }
    router.post("hello-body") { request, _ in
        _ = try await request.body.collect(upTo: 1 << 20)
        return "hello"
    }
    let application = Application(
        router: router,
        server: HTTPOrWebSocketChannel.serverBuilder(endpoint: endpoint),
        configuration: .init(address: .hostname("127.0.0.1", port: 0)),
        onServerRunning: { running.yield($0.localAddress?.port ?? 0) },
        eventLoopGroupProvider: .shared(LoopActor.group),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try? await application.run() }
        for await port in ports.prefix(1) {
            try await body(TestServer(endpoint: endpoint, application: echo, port: port))
        }
        group.cancelAll()
    }
}

private struct TestContext: EngineRequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    var remoteAddress: SocketAddress? { channel.remoteAddress }
}

/// Sends back what it is sent, does what it is told by name, and remembers who went and why.
@LoopActor
final class EchoApplication: SocketIOApplication {
    /// Whoever comes from elsewhere is not admitted.
    func admits(_ handshake: Handshake) -> Bool { handshake.origin != "http://elsewhere" }

    private(set) var connections: [SocketIOConnection] = []
    private(set) var reasons: [CloseReason] = []

    func connectRequested(_ connection: SocketIOConnection, auth: ByteBuffer?) {
        if auth == ByteBuffer(string: "{\"token\":\"bad\"}") {
            return connection.refuse("invalid_token")
        }
        connections.append(connection)
        connection.accept()
    }

    func eventReceived(_ connection: SocketIOConnection, _ event: SocketEvent) {
        switch (event.name, event.acknowledgementID) {
        case ("disconnect-me", _): connection.disconnect()
        case ("close-me", _): connection.close()
        case (_, let acknowledgementID?):
            connection.acknowledge(acknowledgementID, argumentsJSON: event.arguments)
        case (let name, nil):
            connection.send(.event(name, argumentsJSON: event.arguments))
        }
    }

    func closed(_ connection: SocketIOConnection, because reason: CloseReason) {
        connections.removeAll { $0 === connection }
        reasons.append(reason)
    }
}
