/// All figures of a report.
extension ReportPage {
    var durations: String {
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

    var counts: String {
        Tally.allCases.map { tally in
            "<div><dt>\(escaped(tally.words))</dt><dd>\(countText(report.measurements[tally]))</dd></div>"
        }.joined()
    }

    var generators: String {
        let rows = report.generators.enumerated().map { index, generator in
            """
            <tr><th>\(index + 1)</th><td>\(countText(generator.people))</td>\
            <td>\(generator.processorMean) %</td><td>\(generator.processorMax) %</td>\
            <td>\(generator.memoryText ?? "–")</td><td>\(durationText(generator.latenessP99))</td></tr>

            """
        }
        return """
            <div class="wide"><table><thead><tr><th></th><th>people</th><th>core</th><th>busiest second</th>\
            <th>bytes per person</th><th>lateness p99</th></tr></thead><tbody>\(rows.joined())</tbody></table></div>
            """
    }
}
