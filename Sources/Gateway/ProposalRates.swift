import RoomModel

/// How much may be proposed: so many proposals a second, and so many bytes in them.
struct ProposalRates {
    private var proposals: RateLimit
    private var bytes: RateLimit

    /// Of one connection.
    static func connection(at now: Int) -> Self {
        Self(
            proposals: RateLimit(
                perSecond: Limits.Socket.proposalsPerSecond,
                burst: Limits.Socket.proposalsBurst,
                at: now
            ),
            bytes: RateLimit(
                perSecond: Limits.Socket.proposalBytesPerSecond,
                burst: Limits.Socket.proposalBytesBurst,
                at: now
            )
        )
    }

    /// Of everybody that one gateway holds in a room.
    static func room(at now: Int) -> Self {
        Self(
            proposals: RateLimit(
                perSecond: Limits.Room.proposalsPerSecond,
                burst: Limits.Room.proposalsBurst,
                at: now
            ),
            bytes: RateLimit(
                perSecond: Limits.Room.proposalBytesPerSecond,
                burst: Limits.Room.proposalBytesBurst,
                at: now
            )
        )
    }

    /// Whether one more proposal of so many bytes is within both rates.
    mutating func allows(bytes count: Int, at now: Int) -> Bool {
        proposals.allows(at: now) && bytes.allows(count, at: now)
    }
}
