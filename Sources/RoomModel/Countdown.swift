/// The timer of a room, as it was set.
package struct Countdown: Equatable, Sendable {
    package let running: Bool
    /// What was left when it was set, in milliseconds.
    package let remaining: Int
    /// When it was set, by the owner's clock.
    package let at: Int

    /// Nil where it stands still with nothing left: that is no timer.
    package init?(running: Bool, remaining: Int, at: Int) {
        guard running || remaining > 0 else { return nil }
        self.running = running
        self.remaining = remaining
        self.at = at
    }
}
