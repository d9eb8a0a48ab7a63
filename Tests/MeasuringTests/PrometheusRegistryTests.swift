import CoreMetrics
import Measuring
import Testing

@Suite struct PrometheusRegistryTests {
    @Test func `a counter is told from its first moment, and counts`() {
        let registry = PrometheusRegistry([MetricFamily("edits_total", .counter, "Edits taken.")])
        let counter = Counter(label: "edits_total", factory: registry)
        #expect(
            registry.text == """
                # HELP edits_total Edits taken.
                # TYPE edits_total counter
                edits_total 0

                """
        )
        counter.increment()
        counter.increment(by: 41)
        #expect(numbers(registry) == ["edits_total 42"])
    }

    @Test func `a gauge is what it was set to last`() {
        let registry = PrometheusRegistry([MetricFamily("rooms", .gauge, "Rooms.")])
        let gauge = Meter(label: "rooms", factory: registry)
        gauge.set(7)
        gauge.set(0.25)
        #expect(numbers(registry) == ["rooms 0.25"])
        gauge.set(3_000_000_000)
        #expect(numbers(registry) == ["rooms 3000000000"])
    }

    @Test func `a histogram of durations counts each under all bounds that it keeps`() {
        let kind = MetricFamily.Kind.histogram(bounds: [0.001, 0.5, 2])
        let registry = PrometheusRegistry([MetricFamily("wait_seconds", kind, "Waits.")])
        let timer = Timer(
            label: "wait_seconds",
            dimensions: [("stage", "commit")],
            factory: registry
        )
        timer.recordMilliseconds(1)
        timer.recordNanoseconds(1_000_001)
        timer.recordSeconds(1)
        timer.recordSeconds(7)
        #expect(
            numbers(registry) == [
                "wait_seconds_bucket{stage=\"commit\",le=\"0.001\"} 1",
                "wait_seconds_bucket{stage=\"commit\",le=\"0.5\"} 2",
                "wait_seconds_bucket{stage=\"commit\",le=\"2\"} 3",
                "wait_seconds_bucket{stage=\"commit\",le=\"+Inf\"} 4",
                "wait_seconds_sum{stage=\"commit\"} 8.002000001",
                "wait_seconds_count{stage=\"commit\"} 4",
            ]
        )
    }

    @Test func `a histogram of whole numbers has its bounds in them`() {
        let kind = MetricFamily.Kind.histogram(bounds: [1, 2])
        let registry = PrometheusRegistry([MetricFamily("receivers", kind, "Receivers.")])
        let recorder = Recorder(label: "receivers", factory: registry)
        for receivers in [0, 1, 2, 2, 300] { recorder.record(receivers) }
        #expect(
            numbers(registry) == [
                "receivers_bucket{le=\"1\"} 2", "receivers_bucket{le=\"2\"} 4",
                "receivers_bucket{le=\"+Inf\"} 5", "receivers_sum 305", "receivers_count 5",
            ]
        )
    }

    enum Color: String, CaseIterable {
        case red
        case green
    }

    @Test func `a counter for each case counts the one that is meant`() {
        let registry = PrometheusRegistry([MetricFamily("hits_total", .counter, "Hits.")])
        let counters = CounterByCase<Color>("hits_total", label: "color", registry)
        counters.increment(.green)
        #expect(
            numbers(registry) == ["hits_total{color=\"red\"} 0", "hits_total{color=\"green\"} 1"]
        )
    }

    @Test func `what would end a line or a label is escaped`() {
        let family = MetricFamily("odd", .gauge, "One\ntwo \\ \"three\"")
        let registry = PrometheusRegistry([family])
        let gauge = Meter(label: "odd", dimensions: [("name", "a\"b\\c\nd")], factory: registry)
        gauge.set(1)
        #expect(
            registry.text == """
                # HELP odd One\\ntwo \\\\ "three"
                # TYPE odd gauge
                odd{name="a\\"b\\\\c\\nd"} 1

                """
        )
    }

    @Test func `a family of which nothing is measured is not told`() {
        let registry = PrometheusRegistry([MetricFamily("unused", .gauge, "Nothing.")])
        #expect(registry.text.isEmpty)
    }

    private func numbers(_ registry: PrometheusRegistry) -> [String] {
        registry.text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }
}
