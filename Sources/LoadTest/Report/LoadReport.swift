/// What one run, or several merged ones, found.
package struct LoadReport: Sendable {
    /// Milliseconds since 1970 at which the first generator began.
    package var startedMilliseconds = 0
    /// How long was measured.
    package var seconds = 0
    package var target = ""
    package var rooms = 0
    package var people = 0
    package var measurements = Measurements()
    package var generators: [Generator] = []
    package var verification = Verification()
    package var isInterrupted = false
    /// Why somebody was not let in or a proposal was rejected, the last time it happened.
    package var lastRefusal: String?

    /// What a generator says about itself.
    package struct Generator: Equatable, Sendable {
        package var people = 0
        /// Of one core, in percent: on average and in the busiest second, while measured.
        package var processorMean = 0
        package var processorMax = 0
        package var bytesPerPerson = 0
        package var latenessP99 = 0
        /// Why the figures say more of this generator than of the deployment; nil where they do not.
        package var bottleneck: String?

        package init() {}

        /// Beyond these the generator is part of what it measures.
        package static let latenessMax = 10_000
        package static let processorPercentMax = 90

        /// With fewer people the process itself would be most of what is divided.
        private static let peopleForMemory = 500

        var memoryText: String? {
            people < Self.peopleForMemory ? nil : countText(bytesPerPerson)
        }

        package mutating func judge() {
            if latenessP99 > Self.latenessMax {
                // Late with little to do is a machine whose processors are busy with others.
                let cause =
                    processorMean < Self.processorPercentMax / 2 ? ", its machine being busy" : ""
                bottleneck =
                    "one keystroke in a hundred was typed \(durationText(latenessP99)) late or later\(cause)"
            } else if processorMean >= Self.processorPercentMax {
                bottleneck = "it used \(processorMean) % of its core"
            }
        }
    }

    package struct Verification: Equatable, Sendable {
        package enum State: String, Sendable {
            /// Everybody's text, the server's and the fold of the commits agree, in every room.
            case agreed
            /// Something is wrong: a text differs, or an edit is missing or twice.
            case differs
            /// Not everybody settled or could be asked in time: nothing can be said.
            case unsettled
        }

        package var state = State.agreed
        package var roomsAgreed = 0
        package var roomsDiffering = 0
        package var roomsUnsettled = 0
        package var proposals = 0
        package var views = 0
        package var faultCount = 0
        /// The first of them, each a line.
        package var faults: [String] = []

        package init() {}
    }

    package init() {}

    package func failures(of expectations: [Bound]) -> [(Bound, value: Int?)] {
        expectations.compactMap { expectation in
            let value = expectation.value(in: measurements, seconds: seconds)
            return expectation.isMet(by: value) ? nil : (expectation, value)
        }
    }

    /// What became of a bound, in words.
    func finding(on bound: Bound) -> (isMet: Bool, text: String) {
        let value = bound.value(in: measurements, seconds: seconds)
        let found = value.map { bound.subject.isDuration ? durationText($0) : countText($0) }
        return (bound.isMet(by: value), "\(bound.text): \(found ?? "nothing was measured")")
    }

    /// The exit code: what matters most decides.
    package func outcome(_ expectations: [Bound]) -> Outcome {
        if verification.state == .differs { return .wrong }
        if verification.state == .unsettled { return .unsettled }
        if !failures(of: expectations).isEmpty { return .expectationMissed }
        return isInterrupted ? .interrupted : .good
    }

    package enum Outcome: Int32, Sendable {
        case good = 0
        case wrong = 1
        case expectationMissed = 2
        case couldNotRun = 3
        case unsettled = 4
        case interrupted = 130
    }
}

enum ReportError: Error {
    case malformed
}
