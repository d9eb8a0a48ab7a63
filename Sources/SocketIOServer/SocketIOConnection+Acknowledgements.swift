import EventLoopIsolation
package import NIOCore
package import SocketIO

/// Events that the peer acknowledges.
extension SocketIOConnection {
    package typealias OnAnswer = @LoopActor (SocketAnswer) -> Void

    /// Emits an event and calls `onAnswer` exactly once: with the peer's answer, or why there is none.
    ///
    /// The time is kept by the endpoint's tick: never too short, and up to two ticks too long. How
    /// many may be outstanding is `EngineLimits.acknowledgementsMax`.
    package func emit(
        _ name: String,
        argumentsJSON: ByteBuffer,
        attachments: [ByteBuffer] = [],
        timeoutMilliseconds: Int,
        onAnswer: @escaping OnAnswer
    ) {
        var waiting =
            pending.take() ?? PendingAcknowledgements(countMax: limits.acknowledgementsMax)
        // Some of the tick under way may have passed already.
        let until = now + timeoutMilliseconds + limits.tickMilliseconds
        let id = isClosed ? nil : waiting.add(onAnswer, until: until)
        pending = waiting
        guard let id else { return onAnswer(.notSent) }
        send(.event(name, argumentsJSON, attachments, namespace: namespace, acknowledgementID: id))
    }

    /// The same for a caller that can wait.
    package func call(
        _ name: String,
        argumentsJSON: ByteBuffer,
        attachments: [ByteBuffer] = [],
        timeoutMilliseconds: Int
    ) async -> SocketAnswer {
        await withCheckedContinuation { continuation in
            emit(
                name,
                argumentsJSON: argumentsJSON,
                attachments: attachments,
                timeoutMilliseconds: timeoutMilliseconds
            ) { continuation.resume(returning: $0) }
        }
    }

    /// The peer answered; a number that is unknown, or not any more, means nothing.
    func answered(_ id: Int, _ answer: SocketAnswer) {
        guard let onAnswer = pending?.answered(id) else { return }
        onAnswer(answer)
    }

    func ticked(now: Int) {
        guard let due = pending?.expired(now: now) else { return }
        for onAnswer in due { onAnswer(.timedOut) }
    }
}

extension PreparedPacket {
    static func event(
        _ name: String,
        _ argumentsJSON: ByteBuffer,
        _ attachments: [ByteBuffer],
        namespace: String,
        acknowledgementID: Int? = nil
    ) -> PreparedPacket {
        let packet = SocketPacket(
            attachments.isEmpty ? .event : .binaryEvent,
            namespace: namespace,
            acknowledgementID: acknowledgementID,
            attachments: attachments.count,
            data: .array(argumentsJSON, name: name)
        )
        return PreparedPacket(packet, attachments: attachments)
    }
}
