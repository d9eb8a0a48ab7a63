import CoreMetrics
import EventLoopIsolation
import NIOCore
import NIOPosix
import RoomModel
import Settings
import TraceLines

/// How a process traces; one that has no file for it does not.
@LoopActor
struct ProcessTracing {
    private nonisolated static let pause = TimeAmount.milliseconds(200)

    let spans: SpanSource
    private let file: SpanFile

    init?(_ configuration: Configuration, _ metrics: ProcessMetrics) {
        let dropped = Counter(label: "viva_trace_spans_dropped_total", factory: metrics.registry)
        guard let path = configuration.traceFile else { return nil }
        let file = SpanFile(
            path: path,
            bytesMax: Limits.Process.traceBytesQueuedMax,
            schedule: Self.later,
            onDropped: { dropped.increment(by: $0) }
        )
        let lines = SpanLines(
            service: "viva-\(configuration.role.rawValue)",
            process: configuration.name,
            version: Viva.version
        )
        let sampling = TraceSampling(fraction: configuration.traceSample)
        spans = SpanSource(LineTracer(sampling: sampling) { file.append(lines.line($0)) })
        self.file = file
    }

    /// What waits is written when the process ends.
    func end() { file.write() }

    @Sendable
    private nonisolated static func later(_ work: @escaping @Sendable () -> Void) {
        LoopActor.eventLoop.scheduleTask(in: pause) {
            NIOThreadPool.singleton.submit { _ in work() }
        }
    }
}
