/// Every bound of the transport, each with its reason.
///
/// Times are whole seconds because one tick a second serves all connections.
package struct EngineLimits: Sendable {
    /// The protocol's defaults, announced in the handshake; clients time out after the sum of both.
    package var pingIntervalSeconds = 25
    package var pingTimeoutSeconds = 20
    /// A client that opened a second transport must finish moving to it: the protocol's default.
    package var upgradeTimeoutSeconds = 10
    /// A transport without a namespace is of no use to anybody: the protocol's default.
    package var connectTimeoutSeconds = 45
    /// How long a closed connection may take to fetch its last packets and to close its transport.
    package var closeTimeoutSeconds = 5
    /// The largest message, and the largest body of a POST: announced in the handshake.
    package var payloadBytesMax = 1_000_000
    /// How many may be open at once: what one process serves with 10 kB each.
    package var connectionsMax = 50_000
    /// What may wait for one peer.
    ///
    /// Above a snapshot of the largest document with every unit escaped, so
    /// only a peer that stopped reading meets it; the application sets its own, lower mark.
    package var queuedBytesMax = 16 << 20

    package init() {}
}
