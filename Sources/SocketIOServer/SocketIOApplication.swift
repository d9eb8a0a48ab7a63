package import EventLoopIsolation
package import NIOCore
package import SocketIO

/// What the endpoint serves: told of every connection, on the event loop, in the order of the wire.
@LoopActor
package protocol SocketIOApplication: AnyObject, Sendable {
    /// Whether to open a connection at all; a request that is not admitted is answered 403.
    ///
    /// Browsers learn no more than that: a reason they can read is given with `refuse`.
    func admits(_ handshake: Handshake) -> Bool

    /// A peer asks for the namespace; the application answers with `accept` or `refuse`, now or later.
    ///
    /// `auth` is the JSON object of the CONNECT packet, checked to be well-formed; nil if it had none.
    func connectRequested(_ connection: SocketIOConnection, auth: ByteBuffer?)

    /// Only between `accept` and `closed`.
    func eventReceived(_ connection: SocketIOConnection, _ event: SocketEvent)

    /// Exactly once for each connection that was requested and not refused, whoever ended it.
    func closed(_ connection: SocketIOConnection, because reason: CloseReason)
}

extension SocketIOApplication {
    package func admits(_ handshake: Handshake) -> Bool { true }
}
