/// Prometheus' text format, version 0.0.4: a `HELP` and a `TYPE` for each family, then a line a number.
struct PrometheusText {
    private(set) var lines = ""

    mutating func begin(_ family: MetricFamily) {
        lines += "# HELP \(family.name) \(family.help.escaped(["\\", "\n"]))\n"
        lines += "# TYPE \(family.name) \(family.kind.word)\n"
    }

    mutating func add(_ name: String, _ labels: String, _ value: Int) {
        lines += "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(value)\n"
    }

    mutating func add(_ name: String, _ labels: String, _ value: Double) {
        lines += "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(Self.number(value))\n"
    }

    mutating func add(_ family: MetricFamily, _ labels: String, _ series: HistogramSeries) {
        guard case .histogram(let bounds) = family.kind else { return }
        let counts = series.cumulative
        let before = labels.isEmpty ? "" : labels + ","
        for (bound, count) in zip(bounds.map(Self.number) + ["+Inf"], counts) {
            add(family.name + "_bucket", before + "le=\"\(bound)\"", count)
        }
        add(family.name + "_sum", labels, series.total)
        add(family.name + "_count", labels, counts[counts.count - 1])
    }

    static func labels(_ dimensions: [(String, String)]) -> String {
        dimensions.map { "\($0)=\"\($1.escaped(["\\", "\n", "\""]))\"" }.joined(separator: ",")
    }

    /// Whole numbers as such.
    private static func number(_ value: Double) -> String {
        guard let whole = Int(exactly: value) else { return "\(value)" }
        return "\(whole)"
    }
}

extension String {
    fileprivate func escaped(_ characters: Set<Character>) -> String {
        var escaped = ""
        for character in self {
            if characters.contains(character) { escaped.append("\\") }
            escaped.append(character == "\n" ? "n" : character)
        }
        return escaped
    }
}
