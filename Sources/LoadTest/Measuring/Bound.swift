/// A bound that a run has to keep: `arrival.p99<50ms`, `errors<=0`, `edits>10000`.
package struct Bound: Equatable, Sendable {
    package enum Subject: Equatable, Sendable {
        /// A share of a measure's durations, in parts of 1; 1 is the maximum.
        case quantile(Measure, Double)
        case mean(Measure)
        case tally(Tally)
        case errors
        /// Edits a second over the whole run.
        case rate
    }

    package enum Comparison: String, Sendable {
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    package let text: String
    package let subject: Subject
    package let comparison: Comparison
    /// Microseconds for durations, else a plain number.
    package let limit: Int

    package struct Malformed: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    package init(_ text: String) throws(Malformed) {
        self.text = text
        let parts = try Self.split(text.filter { $0 != " " })
        subject = try Self.subject(parts.left)
        comparison = parts.comparison
        limit = try subject.isDuration ? Self.duration(parts.right) : Self.number(parts.right)
    }

    /// Nil when nothing was measured, which no bound on durations accepts.
    package func value(in measurements: Measurements, seconds: Int) -> Int? {
        switch subject {
        case .quantile(let measure, let share): measurements[measure].value(at: share)
        case .mean(let measure): measurements[measure].mean
        case .tally(let tally): measurements[tally]
        case .errors: measurements.errors
        case .rate: measurements[.edits] / max(1, seconds)
        }
    }

    package func isMet(by value: Int?) -> Bool {
        guard let value else { return false }
        return switch comparison {
        case .less: value < limit
        case .lessOrEqual: value <= limit
        case .greater: value > limit
        case .greaterOrEqual: value >= limit
        }
    }

    // MARK: Parsing

    private static func split(
        _ text: String
    ) throws(Malformed) -> (left: Substring, comparison: Comparison, right: Substring) {
        guard let sign = text.firstIndex(where: { $0 == "<" || $0 == ">" }) else {
            throw Malformed(
                description: "\"\(text)\" compares nothing: write for example arrival.p99<50ms"
            )
        }
        var end = text.index(after: sign)
        if end < text.endIndex, text[end] == "=" { end = text.index(after: end) }
        guard let comparison = Comparison(rawValue: String(text[sign..<end])) else {
            throw Malformed(description: "\"\(text)\": only <, <=, > and >= compare")
        }
        return (text[..<sign], comparison, text[end...])
    }

    private static func subject(_ text: Substring) throws(Malformed) -> Subject {
        if text == "errors" { return .errors }
        if text == "rate" { return .rate }
        if let tally = Tally(named: text) { return .tally(tally) }
        let words = text.split(separator: ".", maxSplits: 1)
        guard words.count == 2, let measure = Measure(named: words[0]) else {
            throw Malformed(description: "\"\(text)\" is nothing that is measured: \(known)")
        }
        switch words[1] {
        case "max": return .quantile(measure, 1)
        case "mean": return .mean(measure)
        default:
            guard words[1].hasPrefix("p"), let percent = Double(words[1].dropFirst()),
                percent > 0, percent <= 100
            else {
                throw Malformed(
                    description: "\"\(words[1])\" is no share: write p50, p99, p99.9, mean or max"
                )
            }
            return .quantile(measure, percent / 100)
        }
    }

    private static var known: String {
        let measures = Measure.allCases.map(\.name).joined(separator: ", ")
        let tallies = Tally.allCases.map(\.name).joined(separator: ", ")
        return
            "durations are \(measures), each with .p50, .p99, .max, .mean; counts are errors, rate, \(tallies)"
    }

    private static func duration(_ text: Substring) throws(Malformed) -> Int {
        let units: [(String, Double)] = [("us", 1), ("µs", 1), ("ms", 1_000), ("s", 1_000_000)]
        for (unit, microseconds) in units where text.hasSuffix(unit) {
            guard let number = Double(text.dropLast(unit.count)), number >= 0,
                number * microseconds <= Double(Histogram.valueMax)
            else { break }
            return Int((number * microseconds).rounded())
        }
        throw Malformed(description: "\"\(text)\" is no duration: write 500us, 50ms or 1.5s")
    }

    private static func number(_ text: Substring) throws(Malformed) -> Int {
        guard let number = Int(text), number >= 0 else {
            throw Malformed(description: "\"\(text)\" is no whole number")
        }
        return number
    }
}

extension Bound.Subject {
    package var isDuration: Bool {
        switch self {
        case .quantile, .mean: true
        case .tally, .errors, .rate: false
        }
    }
}
