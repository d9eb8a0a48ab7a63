#if canImport(Glibc)
    import Glibc
#endif

/// What a report shows over time, and latency by percentile.
extension ReportPage {
    var latencyOverTime: String {
        let pieces = report.measurements.timeline.pieces
        func line(_ name: String, _ style: String, _ value: (Timeline.Piece) -> Int?) -> Plot.Line {
            Plot.Line(name: name, style: style, values: pieces.map { value($0).map(Double.init) })
        }
        return Plot(
            title: "Latency over time",
            lines: [
                line("arrival max", "four") { $0.arrival.value(at: 1) },
                line("acknowledgement p99", "three") { $0.ack.value(at: 0.99) },
                line("arrival p99", "two") { $0.arrival.value(at: 0.99) },
                line("arrival p50", "one") { $0.arrival.value(at: 0.5) },
            ],
            scale: .logarithmic,
            marks: timeMarks,
            label: { durationText(Int($0)) }
        ).svg
    }

    /// Each step to the right is ten times rarer than the one before.
    var percentileCurve: String {
        let decades = 4.0
        let shares = (0...80).map { step in 1 - pow(10, -decades * Double(step) / 80) }
        func line(_ name: String, _ style: String, _ measure: Measure) -> Plot.Line {
            let histogram = report.measurements[measure]
            return Plot.Line(
                name: name,
                style: style,
                values: shares.map { histogram.value(at: $0).map(Double.init) }
            )
        }
        return Plot(
            title: "Latency by percentile",
            lines: [line("arrival", "two", .arrival), line("acknowledgement", "three", .ack)],
            scale: .logarithmic,
            marks: [(0, "0 %"), (0.25, "90 %"), (0.5, "99 %"), (0.75, "99.9 %"), (1, "99.99 %")],
            label: { durationText(Int($0)) }
        ).svg
    }

    var throughput: String {
        let timeline = report.measurements.timeline
        let seconds = Double(timeline.secondsPerPiece)
        return Plot(
            title: "Events a second",
            lines: [
                Plot.Line(
                    name: "edits",
                    style: "one",
                    values: timeline.pieces.map { Double($0.edits) / seconds }
                ),
                Plot.Line(
                    name: "arrivals",
                    style: "two",
                    values: timeline.pieces.map { Double($0.arrival.count) / seconds }
                ),
            ],
            marks: timeMarks,
            label: { countText(Int($0)) }
        ).svg
    }

    var people: String {
        let pieces = report.measurements.timeline.pieces
        return Plot(
            title: "Connected people",
            lines: [
                Plot.Line(name: "people", style: "one", values: pieces.map { Double($0.connected) })
            ],
            marks: timeMarks,
            label: { countText(Int($0)) }
        ).svg
    }

    var errors: String {
        let pieces = report.measurements.timeline.pieces
        return Plot(
            title: "Errors",
            lines: [
                Plot.Line(
                    name: Tally.errors.map(\.words).joined(separator: ", "),
                    style: "four",
                    values: pieces.map { Double($0.errors) }
                )
            ],
            marks: timeMarks,
            label: { countText(Int($0)) }
        ).svg
    }

    /// A piece stands at its beginning.
    private var timeMarks: [(place: Double, text: String)] {
        let timeline = report.measurements.timeline
        let last = max(0, timeline.pieces.count - 1)
        return TimeAxis(seconds: last * timeline.secondsPerPiece).marks
    }
}
