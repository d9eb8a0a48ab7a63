import EventLoopIsolation
import NIOCore
import SocketIO
import SocketIOServer

/// Answers as the conformance checks of Socket.IO expect of a server, and to a few events more.
@LoopActor
final class SocketEcho: SocketIOApplication {
    private let answerTimeoutMilliseconds: Int

    nonisolated init(answerTimeoutMilliseconds: Int) {
        self.answerTimeoutMilliseconds = answerTimeoutMilliseconds
    }

    func connectRequested(_ connection: SocketIOConnection, auth: ByteBuffer?) {
        connection.accept()
        connection.emit("auth", argumentsJSON: auth ?? ByteBuffer(string: "{}"))
    }

    func eventReceived(_ connection: SocketIOConnection, _ event: SocketEvent) {
        switch (event.name, event.acknowledgementID) {
        case ("message", _):
            connection.emit(
                "message-back",
                argumentsJSON: event.arguments,
                attachments: event.attachments
            )
        case ("message-with-ack", let acknowledgementID?):
            connection.acknowledge(
                acknowledgementID,
                argumentsJSON: event.arguments,
                attachments: event.attachments
            )
        case ("ask-me", _): ask(connection, event)
        case ("disconnect-me", _): connection.disconnect()
        case ("close-me", _): connection.close()
        default: break
        }
    }

    /// Emits `question` with the same arguments, and `answer` with what the peer acknowledges it with.
    private func ask(_ connection: SocketIOConnection, _ event: SocketEvent) {
        connection.emit(
            "question",
            argumentsJSON: event.arguments,
            attachments: event.attachments,
            timeoutMilliseconds: answerTimeoutMilliseconds
        ) { answer in
            switch answer {
            case .answered(let arguments, let attachments):
                connection.emit("answer", argumentsJSON: arguments, attachments: attachments)
            case .timedOut: connection.emit("no-answer", argumentsJSON: ByteBuffer())
            case .disconnected, .notSent: break
            }
        }
    }

    func closed(_ connection: SocketIOConnection, because reason: CloseReason) {}
}

/// Sends every message of an Engine.IO connection back.
@LoopActor
final class EngineEcho: EngineReceiver {
    private let engine: EngineConnection

    init(_ engine: EngineConnection) {
        self.engine = engine
    }

    func received(_ message: EngineMessage) { engine.send(PreparedPacket(message)) }
    func ticked() {}
    func closed(because reason: CloseReason) {}
}
