/// Every bound of the transport, each with its reason.
///
/// How often a connection is looked at follows from the times that are set here.
package struct EngineLimits: Sendable {
    /// The protocol's defaults, announced in the handshake; clients time out after the sum of both.
    package var pingIntervalMilliseconds = 25_000
    package var pingTimeoutMilliseconds = 20_000
    /// A client that opened a second transport must finish moving to it: the protocol's default.
    package var upgradeTimeoutMilliseconds = 10_000
    /// A transport without a namespace is of no use to anybody: the protocol's default.
    package var connectTimeoutMilliseconds = 45_000
    /// How long a closed connection may take to fetch its last packets and to close its transport.
    package var closeTimeoutMilliseconds = 5_000
    /// The largest message, and the largest body of a POST: announced in the handshake.
    package var payloadBytesMax = 1_000_000
    /// Attachments of one packet: what the official parser takes by default.
    package var attachmentsMax = 10
    /// All attachments of one packet together, which wait until the last is there: as one message.
    package var attachmentsBytesMax = 1_000_000
    /// Events of one connection that the peer has yet to acknowledge: each keeps a closure alive.
    package var acknowledgementsMax = 1_000
    /// How many may be open at once: what one process serves with 10 kB each.
    package var connectionsMax = 50_000
    /// What may wait for one peer.
    ///
    /// Above a snapshot of the largest document with every unit escaped, so
    /// only a peer that stopped reading meets it; the application sets its own, lower mark.
    package var queuedBytesMax = 16 << 20

    package init() {}

    /// Each connection is looked at once in so long: a twentieth of a ping's times and a fifth of the
    /// others, as those are less exact; at most a second, and that with the defaults.
    package var tickMilliseconds: Int {
        let heartbeat = min(pingIntervalMilliseconds, pingTimeoutMilliseconds) / 20
        let others = min(
            upgradeTimeoutMilliseconds,
            connectTimeoutMilliseconds,
            closeTimeoutMilliseconds
        )
        return max(10, min(1_000, heartbeat, others / 5))
    }
}
