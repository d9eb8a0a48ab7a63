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

    init(remoteAddress: SocketAddress?, header: (String) -> String?) {
        self.remoteAddress = remoteAddress?.ipAddress ?? ""
        forwardedFor = header("x-forwarded-for")
        origin = header("origin")
        host = header("host")
    }

    init(_ head: HTTPRequestHead, remoteAddress: SocketAddress?) {
        self.init(remoteAddress: remoteAddress) { head.headers.first(name: $0) }
    }
}
