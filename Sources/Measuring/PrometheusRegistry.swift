package import CoreMetrics
import Synchronization

/// What a process measures, as a backend of swift-metrics that Prometheus can read.
///
/// Every family is declared before anything of it is measured, so that its help, type and buckets are known
/// and a name that was mistyped stops the first start. A series exists from when its handle is made:
/// Prometheus sees a zero before the first event.
package final class PrometheusRegistry: MetricsFactory, Sendable {
    private struct Entry {
        let family: MetricFamily
        var series: [(labels: String, values: Series)] = []
    }

    private enum Series {
        case counter(CounterSeries)
        case gauge(GaugeSeries)
        case histogram(HistogramSeries)
    }

    /// Locked while a handle is made and while all are read, never while something is measured.
    private let entries: Mutex<[Entry]>

    package init(_ families: [MetricFamily]) {
        entries = Mutex(families.map { Entry(family: $0) })
    }

    package var families: [MetricFamily] { entries.withLock { $0.map(\.family) } }

    // MARK: Handles

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        let series = CounterSeries()
        add(.counter(series), to: label, dimensions)
        return series
    }

    /// A counter that is kept elsewhere, such as the system's of processor time, is set like a gauge.
    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        let series = GaugeSeries()
        add(.gauge(series), to: label, dimensions)
        return series
    }

    package func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        histogram(label, dimensions, scale: 1)
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(label, dimensions, scale: 1e-9)
    }

    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    private func histogram(
        _ name: String,
        _ dimensions: [(String, String)],
        scale: Double
    ) -> HistogramSeries {
        guard case .histogram(let bounds) = families.first(where: { $0.name == name })?.kind else {
            preconditionFailure("\(name) is not declared as a histogram")
        }
        let series = HistogramSeries(bounds: bounds, scale: scale)
        add(.histogram(series), to: name, dimensions)
        return series
    }

    private func add(_ series: Series, to name: String, _ dimensions: [(String, String)]) {
        let labels = PrometheusText.labels(dimensions)
        entries.withLock { entries in
            guard let place = entries.firstIndex(where: { $0.family.name == name }) else {
                preconditionFailure("\(name) is not declared")
            }
            precondition(
                !entries[place].series.contains { $0.labels == labels },
                "\(name){\(labels)} is measured twice"
            )
            entries[place].series.append((labels, series))
        }
    }

    // MARK: Reading

    /// All that is measured, in Prometheus' text format 0.0.4.
    package var text: String {
        var text = PrometheusText()
        for entry in entries.withLock(\.self) where !entry.series.isEmpty {
            text.begin(entry.family)
            for (labels, series) in entry.series {
                switch series {
                case .counter(let series): text.add(entry.family.name, labels, series.value)
                case .gauge(let series): text.add(entry.family.name, labels, series.value)
                case .histogram(let series): text.add(entry.family, labels, series)
                }
            }
        }
        return text.lines
    }
}
