/// Bounds of a server's channels: of HTTP before there is a connection, and of all connections together.
///
/// The defaults are good for a server that stands alone; a product sets its own.
package struct TransportLimits: Sendable {
    // MARK: HTTP

    /// The request's target, a header's name, or its value: what common proxies let through.
    package var headerFieldBytesMax = 8 << 10
    /// The target and all headers of a request, and likewise its trailers.
    package var headerBytesMax = 36 << 10
    package var headerFieldsMax = 100
    /// The largest body of all; a route may take less.
    package var bodyBytesMax = 4 << 20
    /// From a request's first byte, and from the start of a connection, to the end of its headers.
    package var headTimeoutSeconds = 10
    /// From there to the end of its body: `payloadBytesMax` takes no longer on the slowest line.
    package var bodyTimeoutSeconds = 60
    /// A connection between two requests.
    package var idleTimeoutSeconds = 75

    // MARK: All together

    /// What may wait for all peers; the slowest are closed first.
    package var queuedBytesTotalMax = 1 << 30
    /// Engine.IO connections of one address.
    package var connectionsPerAddressMax = Int.max

    // MARK: One WebSocket

    /// What is read of one WebSocket in a second, and at once after a pause; nil for no bound.
    ///
    /// Beyond that it is not refused but read later, so the network slows its sender down.
    package var receivedBytesPerSecond: Int?
    package var receivedBytesBurst = 4 << 20

    package init() {}
}
