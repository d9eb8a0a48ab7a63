#if canImport(Glibc)
    import Glibc
#endif

/// A plot as inline SVG: lines over a horizontal axis, in the colors of the page.
struct Plot {
    struct Line {
        let name: String
        /// The class that gives it its color.
        let style: String
        /// One for each place on the horizontal axis; nil leaves a gap.
        let values: [Double?]
    }

    enum Scale { case linear, logarithmic }

    var title: String
    var lines: [Line]
    var scale = Scale.linear
    /// Where labels stand on the horizontal axis, from 0 to 1, and what they say.
    var marks: [(place: Double, text: String)]
    /// How a value is written beside the vertical axis.
    var label: (Double) -> String

    private static let width = 720.0
    private static let height = 240.0
    private static let left = 70.0
    private static let right = 12.0
    private static let top = 12.0
    private static let bottom = 28.0

    var svg: String {
        let values = lines.flatMap(\.values).compactMap { $0 }
        let range = range(of: values)
        let body =
            grid(range) + marks.map(mark).joined()
            + lines.map { polyline($0, range) }.joined()
        return """
            <figure><figcaption>\(escaped(title)) \(legend)</figcaption>
            <svg viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" role="img" aria-label="\(escaped(title))">
            \(body)</svg></figure>

            """
    }

    private var legend: String {
        lines.map { "<span class=\"key \($0.style)\">\(escaped($0.name))</span>" }.joined(
            separator: " "
        )
    }

    // MARK: Scale

    private func range(of values: [Double]) -> ClosedRange<Double> {
        let greatest = values.max() ?? 1
        switch scale {
        case .linear: return 0...Self.roundedUp(max(greatest, 5))
        case .logarithmic:
            let least = max(values.filter { $0 > 0 }.min() ?? 1, 1)
            let low = Self.power(below: least)
            return low...max(Self.power(below: max(greatest, 1) * 9.999), low * 10)
        }
    }

    /// 1, 2 or 5 times a power of ten, not below `value`.
    private static func roundedUp(_ value: Double) -> Double {
        let power = power(below: value)
        for factor in [1.0, 2, 5, 10] where power * factor >= value { return power * factor }
        return value
    }

    private static func power(below value: Double) -> Double {
        var power = 1.0
        while power * 10 <= value { power *= 10 }
        return power
    }

    private func height(of value: Double, _ range: ClosedRange<Double>) -> Double {
        let space = Self.height - Self.top - Self.bottom
        let share: Double
        switch scale {
        case .linear: share = value / range.upperBound
        case .logarithmic:
            share =
                log10(max(value, range.lowerBound) / range.lowerBound)
                / log10(range.upperBound / range.lowerBound)
        }
        return Self.top + space * (1 - min(1, max(0, share)))
    }

    private func across(_ share: Double) -> Double {
        Self.left + (Self.width - Self.left - Self.right) * share
    }

    // MARK: Parts

    private func grid(_ range: ClosedRange<Double>) -> String {
        var ticks: [Double] = []
        switch scale {
        case .linear: ticks = (0...5).map { range.upperBound * Double($0) / 5 }
        case .logarithmic:
            var tick = range.lowerBound
            while tick <= range.upperBound * 1.001 {
                ticks.append(tick)
                tick *= 10
            }
        }
        return ticks.map { tick in
            let y = number(height(of: tick, range))
            return """
                <line class="grid" x1="\(number(Self.left))" x2="\(number(Self.width - Self.right))" y1="\(y)" y2="\(y)"/>\
                <text x="\(number(Self.left - 8))" y="\(y)" dy="0.32em" text-anchor="end">\(escaped(label(tick)))</text>

                """
        }.joined()
    }

    private func mark(_ mark: (place: Double, text: String)) -> String {
        let anchor = mark.place > 0.97 ? "end" : mark.place < 0.03 ? "start" : "middle"
        return """
            <text x="\(number(across(mark.place)))" y="\(number(Self.height - 8))" text-anchor="\(anchor)">\(escaped(mark.text))</text>

            """
    }

    /// A gap begins a new line; a value alone between two gaps is a dot.
    private func polyline(_ line: Line, _ range: ClosedRange<Double>) -> String {
        let last = Double(max(1, line.values.count - 1))
        var path = ""
        var follows = false
        for (index, value) in line.values.enumerated() {
            guard let value else {
                follows = false
                continue
            }
            let point =
                "\(number(across(Double(index) / last))) \(number(height(of: value, range)))"
            path += follows ? "L\(point)" : "M\(point)l0 0"
            follows = true
        }
        return "<path class=\"line \(line.style)\" d=\"\(path)\"/>\n"
    }

    /// In tenths: a page needs no more, and is smaller for it.
    private func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}

/// What came from outside may stand in a page.
func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
        switch character {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        default: result.append(character)
        }
    }
}
