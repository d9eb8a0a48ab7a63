import EventLoopIsolation
import Hummingbird
import Logging
import NIOCore
import SocketIO
import SocketIOServer

/// Answers as the conformance checks of Socket.IO clients expect of a server.
@LoopActor
final class Echo: SocketIOApplication {
    nonisolated init() {}

    func connectRequested(_ connection: SocketIOConnection, auth: ByteBuffer?) {
        connection.accept()
        let payload = auth ?? ByteBuffer(string: "{}")
        connection.send(
            .event("auth", argumentsJSON: payload, namespace: connection.namespace)
        )
    }

    func eventReceived(_ connection: SocketIOConnection, _ event: SocketEvent) {
        switch (event.name, event.acknowledgementID) {
        case ("message", _):
            connection.send(
                .event(
                    "message-back",
                    argumentsJSON: event.arguments,
                    namespace: connection.namespace
                )
            )
        case ("message-with-ack", let acknowledgementID?):
            connection.acknowledge(acknowledgementID, argumentsJSON: event.arguments)
        case ("disconnect-me", _):
            connection.disconnect()
        default: break
        }
    }

    func closed(_ connection: SocketIOConnection, because reason: CloseReason) {}
}

struct EchoContext: RemoteAddressRequestContext {
    var coreContext: CoreRequestContextStorage
    let remoteAddress: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}

// Called as `socketio-echo [--port N]`.
let arguments = CommandLine.arguments
let port = arguments.firstIndex(of: "--port").flatMap { index in
    arguments.indices.contains(index + 1) ? Int(arguments[index + 1]) : nil
}
let endpoint = await SocketIOEndpoint(
    serverName: "echo",
    application: Echo(),
    namespaces: ["/", "/custom"]
)
await endpoint.start()
let router = Router(context: EchoContext.self)
endpoint.addRoutes(to: router)
let application = Application(
    router: router,
    server: HTTPOrWebSocketChannel.serverBuilder(endpoint: endpoint),
    configuration: .init(address: .hostname("127.0.0.1", port: port ?? 3000)),
    eventLoopGroupProvider: .shared(LoopActor.group)
)
try await application.runService()
