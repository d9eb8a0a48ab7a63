package import EventLoopIsolation
package import Hummingbird
package import SocketIO

/// The Socket.IO endpoint of a server: namespaces for an application, on Engine.IO connections.
///
///     let endpoint = SocketIOEndpoint(serverName: "s1", application: chat, namespaces: ["/", "/staff"])
///     endpoint.addRoutes(to: router)                           // polling
///     HTTPOrWebSocketChannel.serverBuilder(endpoint: endpoint) // WebSocket, on the same port
///     endpoint.start()                                         // heartbeats and timeouts
@LoopActor
package final class SocketIOEndpoint {
    nonisolated package let engines: EngineEndpoint
    let namespaces: Set<String>
    let application: any SocketIOApplication

    /// `serverName` begins every sid, so that a proxy can send polling back to where it began.
    package init(
        serverName: String,
        application: any SocketIOApplication,
        namespaces: Set<String> = [SocketPacket.rootNamespace],
        path: String = "/socket.io/",
        limits: EngineLimits = EngineLimits(),
        transport: TransportLimits = TransportLimits(),
        peerAddress: @escaping @Sendable (Handshake) -> String? = { _ in nil }
    ) {
        self.application = application
        self.namespaces = namespaces
        engines = EngineEndpoint(
            serverName: serverName,
            path: path,
            limits: limits,
            transport: transport,
            peerAddress: peerAddress,
            admits: { application.admits($0) },
            makeReceiver: { engine in
                SocketIOSession(engine, application: application, namespaces: namespaces)
            }
        )
    }

    package var limits: EngineLimits { engines.limits }
    nonisolated var transport: TransportLimits { engines.transport }

    /// Starts the clock; without it nobody is pinged and nobody times out.
    package func start() { engines.start() }

    /// Takes in nobody new from here on (they are told to try elsewhere); who is here stays.
    package func refuseNewcomers() { engines.refuseNewcomers() }

    /// Closes every connection and takes in no more, so that the server's shutdown can complete.
    package func stop() { engines.stop() }

    /// Lets time pass; `start` has it called.
    package func pass(milliseconds: Int) { engines.pass(milliseconds: milliseconds) }

    /// Everybody in a namespace, or on the way into one.
    package var connections: [SocketIOConnection] {
        engines.connections.flatMap { ($0.receiver as? SocketIOSession)?.connections ?? [] }
    }

    /// Routes for polling at the endpoint's path, with those methods that are refused there.
    nonisolated package func addRoutes<Context: EngineRequestContext>(
        to router: some RouterMethods<Context>
    ) {
        engines.addRoutes(to: router)
    }

    /// For WebSocket on the same port.
    nonisolated package var upgrades: UpgradeRoute { engines.upgrades }
}
