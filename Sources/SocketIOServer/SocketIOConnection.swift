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
    private let session: SocketIOSession
    private let engine: EngineConnection
    /// Events of ours that wait for the peer's answer; made with the first, as most have none.
    var pending: PendingAcknowledgements<OnAnswer>?
    private var hasEnded = false

    init(session: SocketIOSession, namespace: String) {
        let engine = session.engine
        id = namespace == SocketPacket.rootNamespace ? engine.id : engine.id + "#" + namespace
        self.namespace = namespace
        self.session = session
        self.engine = engine
    }

    package var handshake: Handshake { engine.handshake }

    var limits: EngineLimits { engine.endpoint.limits }
    var now: Int { engine.endpoint.now }

    /// Nothing is sent to a closed connection any more; the application has been told, or is about to be.
    package var isClosed: Bool { hasEnded || engine.isClosed }

    // MARK: Answering CONNECT

    /// Takes the peer in; does nothing when it has gone meanwhile.
    package func accept() { session.accept(self) }

    /// Refuses the peer with a CONNECT_ERROR; it may ask again on the same transport.
    ///
    /// `message` is for programs; `sentence` goes as the `message` of its `data`, for people.
    package func refuse(_ message: String, sentence: String? = nil) {
        session.refuse(self, message: message, sentence: sentence)
    }

    // MARK: Sending

    /// Queues a packet made for this namespace; it leaves at the end of this turn of the loop.
    package func send(_ packet: PreparedPacket) {
        guard !hasEnded else { return }
        engine.send(packet)
    }

    /// Emits an event to this peer alone.
    ///
    /// `argumentsJSON` is values with commas between them, in which
    /// `SocketPacket.placeholder` stands for each attachment. What many receive is made once, with
    /// `PreparedPacket.event`, and sent.
    package func emit(
        _ name: String,
        argumentsJSON: ByteBuffer,
        attachments: [ByteBuffer] = []
    ) {
        send(.event(name, argumentsJSON, attachments, namespace: namespace))
    }

    /// Answers an event that asked for it; the values are as those of `emit`.
    package func acknowledge(
        _ acknowledgementID: Int,
        argumentsJSON: ByteBuffer,
        attachments: [ByteBuffer] = []
    ) {
        let isBinary = !attachments.isEmpty
        let packet = SocketPacket(
            isBinary ? .binaryAcknowledgement : .acknowledgement,
            namespace: namespace,
            acknowledgementID: acknowledgementID,
            attachments: attachments.count,
            data: .array(argumentsJSON)
        )
        send(PreparedPacket(packet, attachments: attachments))
    }

    /// What the peer has not taken yet.
    ///
    /// Above its own mark the application drops what may be lost, or
    /// the connection.
    package var queuedBytes: Int { engine.queuedBytes }

    /// Cheap to ask: false once more is waiting than a transport likes to hold.
    package var isWritable: Bool { engine.isWritable }

    // MARK: Ending

    /// Tells the peer with a DISCONNECT packet: stock clients do not come back by themselves.
    ///
    /// Closes the transport as well, unless the peer is in another namespace on it.
    package func disconnect() { session.disconnect(self) }

    /// Closes the transport without a DISCONNECT packet: stock clients reconnect.
    package func close(because reason: CloseReason = .closed) {
        guard !hasEnded else { return }
        engine.close(because: reason)
    }

    /// The last call of the session; whoever waits for an answer learns that there is none.
    func ended() {
        hasEnded = true
        let waiting = pending?.takeAll() ?? []
        pending = nil
        for onAnswer in waiting { onAnswer(.disconnected) }
    }
}
