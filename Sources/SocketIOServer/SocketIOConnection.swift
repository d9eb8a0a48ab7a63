package import EventLoopIsolation
package import NIOCore
package import SocketIO

/// One peer in one namespace: what the application holds, sends to, and is told about.
@LoopActor
package final class SocketIOConnection {
    /// The Engine.IO sid, `<server name>.<20 random characters>`; other namespaces than `/` append theirs.
    package let id: String
    package let namespace: String
    /// Whatever the application wants to find again with the connection.
    package var attachment: AnyObject?
    private let engine: EngineConnection

    init(engine: EngineConnection, namespace: String) {
        id = namespace == SocketPacket.rootNamespace ? engine.id : engine.id + "#" + namespace
        self.namespace = namespace
        self.engine = engine
    }

    package var handshake: Handshake { engine.handshake }

    /// Nothing is sent to a closed connection any more; the application has been told, or is about to be.
    package var isClosed: Bool { engine.isClosed }

    // MARK: Answering CONNECT

    /// Takes the peer in; does nothing when it has gone meanwhile.
    package func accept() { engine.accept(self) }

    /// Refuses the peer with a CONNECT_ERROR; it may ask again on the same transport.
    ///
    /// `message` is for programs; `sentence` goes as the `message` of its `data`, for people.
    package func refuse(_ message: String, sentence: String? = nil) {
        engine.refuse(self, message: message, sentence: sentence)
    }

    // MARK: Sending

    /// Queues a packet made for this namespace; it leaves at the end of this turn of the loop.
    package func send(_ packet: PreparedPacket) { engine.send(packet) }

    /// Answers an event that asked for it; `argumentsJSON` is values with commas between them.
    package func acknowledge(_ acknowledgementID: Int, argumentsJSON: ByteBuffer) {
        var data = ByteBuffer()
        data.writeString("[")
        data.writeImmutableBuffer(argumentsJSON)
        data.writeString("]")
        let packet = SocketPacket(
            .acknowledgement,
            namespace: namespace,
            acknowledgementID: acknowledgementID,
            data: data
        )
        engine.send(PreparedPacket(packet))
    }

    /// What the peer has not taken yet.
    ///
    /// Above its own mark the application drops what may be lost, or
    /// the connection.
    package var queuedBytes: Int { engine.queuedBytes }

    /// Cheap to ask: false once more is waiting than a transport likes to hold.
    package var isWritable: Bool { engine.isWritable }

    // MARK: Ending

    /// Tells the peer with a DISCONNECT packet, then closes: stock clients do not come back by themselves.
    package func disconnect() { engine.disconnect(self) }

    /// Closes the transport without a DISCONNECT packet: stock clients reconnect.
    package func close(because reason: CloseReason = .closed) { engine.close(because: reason) }
}
