#if canImport(Glibc)
    import Glibc
#endif

/// A report as one page that needs nothing else: no script, no font, no other host.
package struct ReportPage {
    private let report: LoadReport
    private let expectations: [Bound]

    package init(_ report: LoadReport, expectations: [Bound]) {
        self.report = report
        self.expectations = expectations
    }

    package var html: String {
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Load test of \(escaped(report.target))</title>
        <style>\(Self.style)</style>
        <main>
        <header><h1>Load test of \(escaped(report.target))</h1>
        <p>\(countText(report.people)) people in \(countText(report.rooms)) rooms, \(report.seconds) s\
        \(report.isInterrupted ? ", interrupted" : "")</p></header>
        \(verdict)
        <section class="figures">\(figures)</section>
        \(latencyOverTime)\(percentileCurve)\(throughput)\(people)\(errors)
        <h2>Durations</h2>
        \(durations)
        <h2>Counts</h2>
        <dl>\(counts)</dl>
        <h2>Generators</h2>
        \(generators)
        </main>
        </html>

        """
    }

    // MARK: Verdict

    private var verdict: String {
        let found = report.verification
        let lines: [String] =
            switch found.state {
            case .agreed:
                [
                    item(
                        true,
                        "Every view, the server’s text and the fold of the commits agree; each edit is there once"
                    )
                ]
            case .differs: [item(false, "\(found.roomsDiffering) rooms are wrong")]
            case .unsettled:
                [item(false, "\(found.roomsUnsettled) rooms did not come to rest in time")]
            }
        let faults = found.faults.map { item(false, $0) }
        let bounds = expectations.map { expectation in
            let value = expectation.value(in: report.measurements, seconds: report.seconds)
            let text = value.map {
                expectation.subject.isDuration ? durationText($0) : countText($0)
            }
            return item(
                expectation.isMet(by: value),
                "\(expectation.text): \(text ?? "nothing was measured")"
            )
        }
        let bottlenecks = report.generators.enumerated().compactMap { index, generator in
            generator.bottleneck.map { reason in
                item(
                    false,
                    "Generator \(index + 1) was the bottleneck: \(reason). "
                        + "The figures say more of it than of the deployment."
                )
            }
        }
        return "<ul class=\"verdict\">\((lines + faults + bounds + bottlenecks).joined())</ul>"
    }

    private func item(_ isGood: Bool, _ text: String) -> String {
        "<li class=\"\(isGood ? "good" : "bad")\">\(escaped(text))</li>\n"
    }

    private var figures: String {
        let edits = report.measurements[.edits] / max(1, report.seconds)
        return figure("edits a second", countText(edits))
            + figure("own ack p50", quantile(.ack, 0.5))
            + figure("own ack p99", quantile(.ack, 0.99))
            + figure("arrival p50", quantile(.arrival, 0.5))
            + figure("arrival p99", quantile(.arrival, 0.99))
            + figure("errors", countText(report.measurements.errors))
    }

    private func figure(_ name: String, _ value: String) -> String {
        "<div><b>\(escaped(value))</b><span>\(escaped(name))</span></div>"
    }

    private func quantile(_ measure: Measure, _ share: Double) -> String {
        report.measurements[measure].value(at: share).map(durationText) ?? "–"
    }

    // MARK: Plots

    private var latencyOverTime: String {
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
    private var percentileCurve: String {
        let decades = 4.0
        let shares = (0...80).map { step in 1 - pow10(-decades * Double(step) / 80) }
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

    private var throughput: String {
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

    private var people: String {
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

    private var errors: String {
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

    private var timeMarks: [(place: Double, text: String)] {
        let timeline = report.measurements.timeline
        let seconds = timeline.pieces.count * timeline.secondsPerPiece
        return [0, 0.25, 0.5, 0.75, 1].map { ($0, "\(Int(Double(seconds) * $0)) s") }
    }

    // MARK: Tables

    private var durations: String {
        let shares: [(String, Double)] = [
            ("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999), ("max", 1),
        ]
        let head = "<th></th><th>count</th>" + shares.map { "<th>\($0.0)</th>" }.joined()
        let rows = Measure.allCases.filter { report.measurements[$0].count > 0 }.map { measure in
            let cells = shares.map { "<td>\(quantile(measure, $0.1))</td>" }.joined()
            return "<tr><th>\(escaped(measure.meaning))</th>"
                + "<td>\(countText(report.measurements[measure].count))</td>\(cells)</tr>\n"
        }
        return
            "<div class=\"wide\"><table><thead><tr>\(head)</tr></thead><tbody>\(rows.joined())</tbody></table></div>"
    }

    private var counts: String {
        Tally.allCases.map { tally in
            "<div><dt>\(escaped(tally.words))</dt><dd>\(countText(report.measurements[tally]))</dd></div>"
        }.joined()
    }

    private var generators: String {
        let rows = report.generators.enumerated().map { index, generator in
            """
            <tr><th>\(index + 1)</th><td>\(countText(generator.people))</td>\
            <td>\(generator.processorMean) %</td><td>\(generator.processorMax) %</td>\
            <td>\(countText(generator.bytesPerPerson))</td><td>\(durationText(generator.latenessP99))</td></tr>

            """
        }
        return """
            <div class="wide"><table><thead><tr><th></th><th>people</th><th>core</th><th>busiest second</th>\
            <th>bytes per person</th><th>lateness p99</th></tr></thead><tbody>\(rows.joined())</tbody></table></div>
            """
    }
}

extension ReportPage {
    fileprivate static let style = """
        :root{color-scheme:light dark;--page:light-dark(#fbfbfc,#14161a);--card:light-dark(#fff,#1c1f25);\
        --text:light-dark(#1b1f27,#e6e8ec);--soft:light-dark(#5c6472,#9aa2b1);--rule:light-dark(#e2e5ea,#2d323b);\
        --one:light-dark(#2563c9,#6ea8ff);--two:light-dark(#b4530a,#f2a65a);--three:light-dark(#17803d,#5fcf86);\
        --four:light-dark(#b3261e,#ff8a80)}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,sans-serif}
        main{max-width:860px;margin:0 auto;padding:32px 20px 64px}
        h1{font-size:24px;margin:0;overflow-wrap:anywhere}h2{font-size:17px;margin:32px 0 8px}
        header p{color:var(--soft);margin:4px 0 20px}
        .verdict{list-style:none;margin:0 0 20px;padding:0}
        .verdict li{padding:8px 12px;margin:6px 0;background:var(--card);border:1px solid var(--rule);border-radius:6px}
        .verdict li::before{display:inline-block;width:1.5em;font-weight:700}
        .good::before{content:"✓";color:var(--three)}.bad::before{content:"✗";color:var(--four)}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(125px,1fr));gap:8px;margin:0 0 20px}
        .figures div,figure{background:var(--card);border:1px solid var(--rule);border-radius:6px}
        .figures div{padding:10px 12px}.figures b{display:block;font-size:20px}
        .figures span{color:var(--soft);font-size:13px}
        figure{margin:0 0 16px;padding:12px}figcaption{font-weight:600;margin-bottom:6px}
        .key{font-weight:400;font-size:13px;margin-left:14px;white-space:nowrap}
        .key::before{content:"";display:inline-block;width:14px;height:3px;margin-right:5px;vertical-align:middle;\
        border-radius:2px;background:currentColor}
        svg{display:block;width:100%;height:auto}svg text{font-size:11px;fill:var(--soft)}
        .grid{stroke:var(--rule)}.line{fill:none;stroke:currentColor;stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}
        .one{color:var(--one)}.two{color:var(--two)}.three{color:var(--three)}.four{color:var(--four)}
        .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
        th,td{padding:5px 8px;text-align:right;border-bottom:1px solid var(--rule);white-space:nowrap;font-weight:400}
        thead th{color:var(--soft);font-size:13px}tbody th,thead th:first-child{text-align:left}
        dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:2px 24px;margin:0}
        dl div{display:flex;justify-content:space-between;border-bottom:1px solid var(--rule);padding:3px 0}
        dt{color:var(--soft)}dd{margin:0;font-variant-numeric:tabular-nums}
        """
}

private func pow10(_ exponent: Double) -> Double { pow(10, exponent) }
