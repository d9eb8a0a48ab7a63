import JSONText

/// A report as one page that needs nothing else: no script, no font, no other host.
package struct ReportPage {
    let report: LoadReport
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
        <p>\(counted(report.people, "person", "people")) in \(counted(report.rooms, "room", "rooms")), \
        \(spanText(seconds: report.seconds))\
        \(report.isInterrupted ? ", interrupted" : ""); begun \(begun)</p></header>
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

    private var begun: String {
        let moment = timestamp(milliseconds: report.startedMilliseconds)
        let text = "\(moment.prefix(10)) \(moment.dropFirst(11).prefix(5)) UTC"
        return "<time datetime=\"\(moment)\">\(text)</time>"
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
            let finding = report.finding(on: expectation)
            return item(finding.isMet, finding.text)
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
        figure("edits a second", rateText(report.measurements[.edits], in: report.seconds))
            + figure("own ack p50", quantile(.ack, 0.5))
            + figure("own ack p99", quantile(.ack, 0.99))
            + figure("arrival p50", quantile(.arrival, 0.5))
            + figure("arrival p99", quantile(.arrival, 0.99))
            + figure("errors", countText(report.measurements.errors))
    }

    private func figure(_ name: String, _ value: String) -> String {
        "<div><b>\(escaped(value))</b><span>\(escaped(name))</span></div>"
    }

    func quantile(_ measure: Measure, _ share: Double) -> String {
        report.measurements[measure].value(at: share).map(durationText) ?? "–"
    }
}
