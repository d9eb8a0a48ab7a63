package import CoreMetrics

/// A counter for each case of an enum, under a label that has no other values.
package struct CounterByCase<Case: CaseIterable & Equatable & RawRepresentable<String>> {
    private let counters: [(label: Case, counter: Counter)]

    package init(_ name: String, label: String, _ factory: any MetricsFactory) {
        counters = Case.allCases.map { value in
            let dimensions = [(label, value.rawValue)]
            return (value, Counter(label: name, dimensions: dimensions, factory: factory))
        }
    }

    /// Found by walking: there are a dozen cases, and nothing is hashed.
    package func increment(_ value: Case) {
        for entry in counters where entry.label == value { return entry.counter.increment() }
    }
}
