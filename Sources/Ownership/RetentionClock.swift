/// When the time that a room is kept has to begin anew, as somebody is still in it.
package struct RetentionClock {
    /// Often enough for a time that is given in days.
    package static let everyMilliseconds = 3_600_000

    private var dueAt: Int

    /// A room that is claimed has just been kept.
    package init(keptAt now: Int) { dueAt = now + Self.everyMilliseconds }

    /// True once an hour, for a room with somebody in it.
    package mutating func isDue(at now: Int, attended: Bool) -> Bool {
        guard attended, now >= dueAt else { return false }
        dueAt = now + Self.everyMilliseconds
        return true
    }
}
