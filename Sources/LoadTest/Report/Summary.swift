/// A report as text for a terminal, a log or a mail.
package struct Summary {
    private let report: LoadReport
    private let expectations: [Bound]

    package init(_ report: LoadReport, expectations: [Bound]) {
        self.report = report
        self.expectations = expectations
    }

    package var text: String {
        ([heading, durations, counts] + generators + [verification] + verdicts)
            .filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    private var heading: String {
        let edits = report.measurements[.edits]
        let interrupted = report.isInterrupted ? ", interrupted" : ""
        return """
            \(report.target): \(counted(report.rooms, "room", "rooms")), \
            \(counted(report.people, "person", "people")), \(spanText(seconds: report.seconds))\(interrupted)
            \(counted(edits, "edit", "edits")), \(rateText(edits, in: report.seconds)) a second
            """
    }

    private var durations: String {
        let names = Measure.allCases.filter { report.measurements[$0].count > 0 }
        let head =
            "".padded(to: 34)
            + ["count", "p50", "p90", "p99", "p99.9", "max"].map { $0.padded(left: 10) }.joined()
        let rows = names.map { measure -> String in
            let histogram = report.measurements[measure]
            let values = [0.5, 0.9, 0.99, 0.999, 1].map {
                durationText(histogram.value(at: $0) ?? 0).padded(left: 10)
            }
            return measure.meaning.padded(to: 34) + countText(histogram.count).padded(left: 10)
                + values.joined()
        }
        return ([head] + rows).joined(separator: "\n")
    }

    private var counts: String {
        Tally.allCases.filter { $0 != .edits && report.measurements[$0] > 0 }
            .map { "\($0.words) \(countText(report.measurements[$0]))" }.joined(separator: ", ")
            + (report.lastRefusal.map { "\nthe last refusal: \($0)" } ?? "")
    }

    private var generators: [String] {
        report.generators.enumerated().map { index, generator in
            let name = report.generators.count == 1 ? "generator" : "generator \(index + 1)"
            let usage =
                "\(name): \(generator.processorMean) % of a core, at most \(generator.processorMax) %"
                + (generator.memoryText.map { "; \($0) bytes per person" } ?? "")
            guard let bottleneck = generator.bottleneck else { return usage }
            return usage + "\nTHE GENERATOR WAS THE BOTTLENECK: \(bottleneck). "
                + "The figures say more of it than of the deployment: use fewer people, or more generators."
        }
    }

    private var verification: String {
        let found = report.verification
        let rooms = found.roomsAgreed + found.roomsDiffering + found.roomsUnsettled
        let scope =
            [
                counted(found.views, "view", "views"), counted(rooms, "room", "rooms"),
                counted(found.proposals, "proposal", "proposals"),
            ].joined(separator: ", ")
        let lines = found.faults.map { "  \($0)" }
        let more =
            found.faultCount > lines.count ? ["  and \(found.faultCount - lines.count) more"] : []
        return switch found.state {
        case .agreed:
            "verified: every view, the server's text and the fold of the commits agree, each edit is there once (\(scope))"
        case .differs:
            (["NOT VERIFIED: \(found.roomsDiffering) of \(rooms) rooms are wrong (\(scope))"]
                + lines + more)
                .joined(separator: "\n")
        case .unsettled:
            ([
                "NOT VERIFIED: \(found.roomsUnsettled) of \(rooms) rooms did not come to rest in time (\(scope))"
            ]
                + lines).joined(separator: "\n")
        }
    }

    private var verdicts: [String] {
        guard !expectations.isEmpty else { return [] }
        let lines = expectations.map { expectation -> String in
            let finding = report.finding(on: expectation)
            return "\(finding.isMet ? "met   " : "MISSED")  \(finding.text)"
        }
        return [lines.joined(separator: "\n")]
    }
}
