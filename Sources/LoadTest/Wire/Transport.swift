package import EventLoopIsolation
package import NIOCore

#if canImport(Glibc)
    import Glibc
#endif

/// What carries a person's packets, whichever way they travel.
@LoopActor
package protocol Transport: AnyObject {
    func send(_ packet: ByteBuffer)
    /// Says goodbye and closes.
    func close()
    /// Drops the connection without a word, as a network that is gone does.
    func abort()
}

/// Who is told what a transport brings; never after `transportClosed`.
@LoopActor
package protocol TransportDelegate: AnyObject {
    func transportReceived(_ packet: ByteBuffer)
    func transportClosed(_ reason: String)
}

/// Closes a connection as a network that is gone does: with no time to linger the peer gets a
/// reset, not a goodbye.
func abortChannel(_ channel: any Channel) {
    guard let socket = channel as? any SocketOptionProvider else {
        return channel.close(promise: nil)
    }
    socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).assumeIsolated().whenComplete { _ in
        channel.close(promise: nil)
    }
}
