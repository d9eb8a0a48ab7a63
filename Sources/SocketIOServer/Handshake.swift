import NIOCore
import NIOHTTP1

/// What is kept of the request that opened a connection.
package struct Handshake: Sendable {
    /// The peer's address, without port: a proxy's, when one stands between.
    package let remoteAddress: String
    /// `X-Forwarded-For` as it came: whether to believe it is the application's decision.
    package let forwardedFor: String?
    package let origin: String?
    package let host: String?
    /// As it came, where it came once.
    package private(set) var traceParent: String?

    /// A version to come may have more behind what is known; this is kept as long as the connection.
    private static let traceParentBytesMax = 128

    init(remoteAddress: SocketAddress?, header: (String) -> String?) {
        self.remoteAddress = remoteAddress?.ipAddress ?? ""
        forwardedFor = header("x-forwarded-for")
        origin = header("origin")
        host = header("host")
        traceParent = header("traceparent").flatMap {
            $0.utf8.count <= Self.traceParentBytesMax ? $0 : nil
        }
    }

    init(_ head: HTTPRequestHead, remoteAddress: SocketAddress?) {
        self.init(remoteAddress: remoteAddress) { head.headers.first(name: $0) }
        if head.headers["traceparent"].count > 1 { traceParent = nil }
    }
}
