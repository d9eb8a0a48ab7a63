package import EventLoopIsolation
package import SocketIO

/// What stands on one Engine.IO connection, from its opening to its end.
@LoopActor
package protocol EngineReceiver: AnyObject {
    func received(_ message: EngineMessage)
    /// Some time has passed; the endpoint's `now` says how much.
    func ticked()
    /// The last call, whoever ended the connection.
    func closed(because reason: CloseReason)
}
