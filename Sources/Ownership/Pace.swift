/// How many commits a second a room has: the mean of the last ten seconds or so, or of all where it has not
/// been here that long.
package struct Pace: Sendable {
    private static let secondsMax = 10.0

    package private(set) var commitsPerSecond = 0.0
    private var seconds = 0.0
    private var count = 0

    package init() {}

    package mutating func committed(_ count: Int) {
        self.count += count
    }

    package mutating func secondPassed() {
        seconds = min(seconds + 1, Self.secondsMax)
        commitsPerSecond += (Double(count) - commitsPerSecond) / seconds
        count = 0
    }
}
