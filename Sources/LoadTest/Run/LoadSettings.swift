/// What one run does.
package struct LoadSettings: Sendable {
    package var targets: [TargetURL] = []
    package var caFile: String?
    package var apiKey: String?
    package var rooms = 10
    /// In each room: one interviewer, the others candidates.
    package var peoplePerRoom = 2
    /// In each room besides: they read only.
    package var observersPerRoom = 0
    package var rampSeconds = 5
    /// How long people type once the ramp is over, and how much of the beginning is not measured.
    package var durationSeconds = 60
    package var warmupSeconds = 0
    package var settleSeconds = 30
    package var manner = Manner.people(Behavior())
    /// Of a hundred people, so many over polling.
    package var pollingPercent = 0
    package var keepsSessions = false
    package var seed: UInt64 = 1

    package enum Manner: Sendable {
        case people(Behavior)
        /// Edits a second of each person, evenly spaced.
        case steady(perSecond: Double)
        case replay(Trace, Behavior)
    }

    package init() {}

    package var peopleInRoom: Int { peoplePerRoom + observersPerRoom }
    package var people: Int { rooms * peopleInRoom }
}
