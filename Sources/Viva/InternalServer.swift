import EventLoopIsolation
import Hummingbird
import Logging
import ServiceLifecycle

/// Health and metrics of a process, on a port that only the deployment reaches.
enum InternalServer {
    /// `metrics` is Prometheus text, asked for at each scrape.
    ///
    /// Nil where the port is 0.
    static func make(
        _ configuration: Configuration,
        logger: Logger,
        metrics: @escaping @Sendable () async -> String
    ) -> [any Service] {
        guard configuration.internalPort > 0 else { return [] }
        let router = Router()
        router.get("/api/health") { _, _ in #"{"status":"ok","version":"\#(Viva.version)"}"# }
        router.get("/metrics") { _, _ in await metrics() }
        let server = Application(
            router: router,
            configuration: .init(
                address: .hostname(configuration.internalHost, port: configuration.internalPort),
                serverName: nil
            ),
            eventLoopGroupProvider: .shared(LoopActor.group),
            logger: logger
        )
        return [server]
    }
}
