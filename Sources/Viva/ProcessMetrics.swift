import CoreMetrics
import EventLoopIsolation
import Measuring
import Settings

/// All that a process measures: what happens is counted where it happens, what just is gets asked for
/// at each scrape.
@LoopActor
final class ProcessMetrics {
    let registry = PrometheusRegistry(MetricCatalog.families)
    let loopLag: LoopLag
    private var gauges: [@LoopActor () -> Void] = []

    init(_ configuration: Configuration) {
        loopLag = LoopLag(Timer(label: "viva_event_loop_lag_seconds", factory: registry))
        let build = [("version", Viva.version), ("role", configuration.role.rawValue)]
        gauge("viva_build_info", build) { 1 }
        gauge("process_cpu_seconds_total") { ProcessUsage.processorSeconds }
        gauge("process_resident_memory_bytes") { Double(ProcessUsage.memoryBytes) }
        let started = ProcessUsage.wallSeconds
        gauge("process_start_time_seconds") { started }
        gauge("process_open_fds") { Double(ProcessUsage.openDescriptors) }
        gauge("process_max_fds") { Double(ProcessUsage.descriptorsMax) }
    }

    /// Tells a number as it is when it is asked for.
    func gauge(
        _ name: String,
        _ labels: [(String, String)] = [],
        _ read: @escaping @LoopActor () -> Double
    ) {
        let gauge = Meter(label: name, dimensions: labels, factory: registry)
        gauges.append { gauge.set(read()) }
    }

    /// How a connection to Redis fares; to be told of each time that it stands.
    func watch(
        _ connection: String,
        isConnected: @escaping @LoopActor () -> Bool
    ) -> ReconnectCount {
        let labels = [("connection", connection)]
        gauge("viva_redis_connected", labels) { isConnected() ? 1 : 0 }
        return ReconnectCount(
            Counter(label: "viva_redis_reconnects_total", dimensions: labels, factory: registry)
        )
    }

    /// In Prometheus' text format.
    var text: String {
        for gauge in gauges { gauge() }
        return registry.text
    }
}
