extension LoadReport {
    /// What several generators found, as one: histograms and counts are added, seconds are laid over
    /// each other by the clocks of their machines, and it is verified only if each of them was.
    package init(merging reports: [LoadReport]) {
        self.init()
        startedMilliseconds = reports.map(\.startedMilliseconds).min() ?? 0
        seconds = reports.map(\.seconds).max() ?? 0
        isInterrupted = reports.contains(where: \.isInterrupted)
        lastRefusal = reports.compactMap(\.lastRefusal).last
        var targets: [String] = []
        for report in reports where !targets.contains(report.target) {
            targets.append(report.target)
        }
        target = targets.joined(separator: ", ")
        verification.state = reports.isEmpty ? .unsettled : .agreed
        for report in reports { add(report) }
    }

    private mutating func add(_ report: LoadReport) {
        rooms += report.rooms
        people += report.people
        generators += report.generators
        // Files that have nothing to do with each other would make an endless timeline.
        let delay = min(86_400, (report.startedMilliseconds - startedMilliseconds) / 1_000)
        measurements.add(report.measurements, delay: delay)
        verification.add(report.verification)
    }
}

extension LoadReport.Verification {
    fileprivate mutating func add(_ other: Self) {
        state =
            [state, other.state].contains(.differs)
            ? .differs : state == .agreed ? other.state : state
        roomsAgreed += other.roomsAgreed
        roomsDiffering += other.roomsDiffering
        roomsUnsettled += other.roomsUnsettled
        proposals += other.proposals
        views += other.views
        faultCount += other.faultCount
        faults = Array((faults + other.faults).prefix(20))
    }
}
