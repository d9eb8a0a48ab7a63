import EventLoopIsolation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// Health and metrics of a process, on a port that only the deployment reaches.
@LoopActor
struct InternalServer {
    let configuration: Configuration
    let metrics: ProcessMetrics
    /// What the process misses to do its work; nil when nothing is missing.
    let missingPart: @LoopActor () -> String?
    let logger: Logger

    /// None where the port is 0.
    var services: [any Service] {
        guard configuration.internalPort > 0 else { return [] }
        return [
            Application(
                router: router(),
                configuration: .init(
                    address: .hostname(
                        configuration.internalHost,
                        port: configuration.internalPort
                    ),
                    serverName: nil
                ),
                eventLoopGroupProvider: .shared(LoopActor.group),
                logger: logger
            )
        ]
    }

    private func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("/api/health") { _, _ in
            Self.answer(.ok, #"{"status":"ok","version":"\#(Viva.version)"}"#)
        }
        router.get("/api/ready") { [missingPart] _, _ in
            guard let part = await missingPart() else {
                return Self.answer(.ok, #"{"status":"ready"}"#)
            }
            return Self.answer(.serviceUnavailable, #"{"status":"unavailable","part":"\#(part)"}"#)
        }
        router.get("/metrics") { [metrics] _, _ in
            Self.answer(.ok, await metrics.text, type: "text/plain; version=0.0.4; charset=utf-8")
        }
        return router
    }

    private nonisolated static func answer(
        _ status: HTTPResponse.Status,
        _ text: String,
        type: String = "application/json"
    ) -> Response {
        Response(
            status: status,
            headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}
