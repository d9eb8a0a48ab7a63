import EventLoopIsolation
import NIOCore
import RoomModel

/// How a run comes to its end, from the last key to the report.
extension LoadRun {
    /// Stops typing early and goes on to the report; a second time also without waiting.
    package func interrupt() {
        if isInterrupted {
            isHurried = true
            settleUntil = 0
            return
        }
        isInterrupted = true
        switch phase {
        case .checking: fail(.interrupted)
        case .typing: settle()
        case .settling, .verifying, .done: break
        }
    }

    func settle() {
        guard people.contains(where: { $0.pending != nil }) || isInterrupted else {
            return fail(.nobodyCame(reason: lastRefusal ?? "no answer"))
        }
        phase = .settling
        typedUntil = now
        agenda.removeAll()
        settleUntil = now + settings.settleSeconds * 1_000_000_000
        for person in people where person.stage == .away {
            person.comesAt = now
            person.come()
        }
        awaitSettling()
    }

    private func awaitSettling() {
        let isSettled = people.allSatisfy(\.isSettled)
        if isSettled || now >= settleUntil {
            phase = .verifying
            return verify()
        }
        LoopActor.eventLoop.scheduleTask(in: .milliseconds(50)) {
            LoopActor.assumeIsolated { self.awaitSettling() }
        }
    }

    /// The check has a time of its own: a deployment that limits calls needs it.
    func extendSettling() {
        if !isHurried { settleUntil = now + settings.settleSeconds * 1_000_000_000 }
    }

    /// Gives the run up: what happened makes it pointless.
    func fail(_ failure: RunFailure) {
        guard phase != .done else { return }
        close()
        completion?(.failure(failure))
        completion = nil
    }

    func finish(_ verification: LoadReport.Verification) {
        close()
        completion?(.success(report(verification)))
        completion = nil
    }

    private func report(_ verification: LoadReport.Verification) -> LoadReport {
        var report = LoadReport()
        report.startedMilliseconds = startedMilliseconds
        let from = max(typingSince, measuresFrom)
        report.seconds = max(1, (typedUntil - from) / 1_000_000_000)
        report.target = settings.targets.map(\.text).joined(separator: ", ")
        report.rooms = rooms.count
        report.people = people.count
        report.measurements = measurements
        report.verification = verification
        report.isInterrupted = isInterrupted
        report.lastRefusal = lastRefusal
        var generator = meter.generator(people: people.count)
        generator.latenessP99 = measurements[.lateness].value(at: 0.99) ?? 0
        generator.judge()
        report.generators = [generator]
        return report
    }

    private func close() {
        phase = .done
        agenda.removeAll()
        for person in people { person.transport?.close() }
        http.close()
    }
}
