/// What is measured under one name, as its readers are told.
///
/// Units stand at the end of names, and are seconds and bytes, as Prometheus has them.
package struct MetricFamily: Sendable {
    package enum Kind: Equatable, Sendable {
        case counter
        case gauge
        /// Sorted into what is at most each bound; the last bucket, for all, goes without saying.
        case histogram(bounds: [Double])
    }

    package let name: String
    package let kind: Kind
    package let help: String

    package init(_ name: String, _ kind: Kind, _ help: String) {
        self.name = name
        self.kind = kind
        self.help = help
    }
}

extension MetricFamily.Kind {
    /// From a fast loop's half a millisecond to what people call broken.
    package static let seconds = Self.histogram(bounds: [
        0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10,
    ])
    /// How many of something, up to a full room.
    package static let count = Self.histogram(bounds: [1, 2, 3, 4, 6, 8, 16, 32, 64, 128, 256])

    var word: String {
        switch self {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }
}
