import ArgumentParser
import Coordination
import CoreMetrics
import EventLoopIsolation
import Gateway
import Hummingbird
import HummingbirdCore
import Measuring
import Redis
import RoomModel
import ServiceLifecycle
import Settings
import SocketIO
import SocketIOServer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `viva gateway`: serves the page, REST and the browsers' sockets.
struct GatewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway",
        abstract: "Serve browsers: the page, REST and Socket.IO."
    )

    @OptionGroup var options: SettingOptions

    @LoopActor
    func run() async throws {
        let settings = try options.configuration(for: .gateway)
        let process = Process(settings)
        let signer = Signer(secrets: settings.secrets)
        let audiences = Audiences(
            channels: process.channels,
            signer: signer,
            origins: OriginPolicy(publicURL: settings.publicURL, further: settings.origins),
            clock: .system,
            metrics: GatewayMetrics(process.metrics.registry),
            spans: process.tracing?.spans,
            logger: process.logger
        )
        process.channels.publishing = Timer(
            label: "viva_commit_latency_seconds",
            dimensions: [("stage", "publish")],
            factory: process.metrics.registry
        )
        let addresses = PeerAddresses(
            proxies: settings.proxies,
            unlimited: settings.unlimited
        )
        let descriptors = FileDescriptors.raiseLimit()
        let endpoint = SocketIOEndpoint(
            serverName: settings.name,
            application: audiences,
            limits: .viva(descriptors: descriptors),
            transport: .viva,
            peerAddress: {
                addresses.key(remote: $0.remoteAddress, forwardedFor: $0.forwardedFor)
            }
        )
        let readiness = Readiness(channels: process.channels)
        process.onRedisReturned { audiences.redisReturned() }

        let router = GatewayRouter(
            channels: process.channels,
            signer: signer,
            clock: .system,
            publicURL: settings.publicURL,
            apiKey: settings.apiKey,
            addresses: addresses,
            readiness: readiness,
            endpoint: endpoint,
            pages: Self.pages(in: settings.webDirectory),
            spans: process.tracing?.spans,
            version: Viva.version
        )
        let server = Application(
            router: router.router(),
            server: HTTPOrWebSocketChannel.serverBuilder(endpoint: endpoint),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port),
                serverName: nil,
                backlog: Limits.Process.backlog,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    descriptors - Limits.Process.descriptorsKept / 2,
                    logger: process.logger
                )
            ),
            eventLoopGroupProvider: .shared(LoopActor.group),
            logger: process.logger
        )
        let service = GatewayService(
            name: settings.name,
            audiences: audiences,
            endpoint: endpoint,
            channels: process.channels,
            readiness: readiness,
            drainSeconds: settings.drainSeconds,
            logger: process.logger
        )
        let metrics = process.metrics
        metrics.gauge("viva_connections") { Double(endpoint.engines.connectionCount) }
        metrics.gauge("viva_send_queue_bytes") { Double(endpoint.engines.queuedBytes) }
        metrics.gauge("viva_rooms_followed") { Double(audiences.roomCount) }
        let facts = ProcessFacts(
            missingPart: { readiness.missingPart },
            connections: { endpoint.engines.connectionCount },
            rooms: { audiences.roomCount }
        )
        // The last stops first: browsers are sent elsewhere while the server still serves them.
        try await process.run([server, service], facts)
    }

    private static func pages(in directory: String) -> Pages {
        func file(_ name: String) -> String? {
            try? String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8)
        }
        return Pages(
            directory: directory,
            indexHTML: file("index.html"),
            securityPolicy: file("security-policy.txt")?.split(separator: "\n").first.map(
                String.init
            ),
            openAPI: file("openapi.yaml") ?? "",
            asyncAPI: file("asyncapi.yaml") ?? ""
        )
    }
}
