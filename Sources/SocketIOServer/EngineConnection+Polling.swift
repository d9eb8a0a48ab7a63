import EventLoopIsolation
import NIOCore
import SocketIO

extension EngineConnection {
    /// The answer to the request that opened the connection.
    func firstPoll() -> ByteBuffer {
        sendOpen(canUpgrade: true)
        return polls.takePayload()
    }

    /// One poll: what waits, or whatever comes next.
    func poll() async throws(EngineRefusal) -> ByteBuffer {
        guard state.phase != .webSocket else { throw .badRequest }
        guard polls.poll == nil else {
            // A peer that polls twice at once has lost track of its connection: so have we.
            close(because: .malformed)
            throw .badRequest
        }
        if state.answersPollsAtOnce, polls.isEmpty { polls.append(endpoint.noop) }
        guard polls.isEmpty else { return takePayload() }
        return await withCheckedContinuation { polls.poll = $0 }
    }

    /// Packets that came in the body of a POST.
    func post(_ payload: ByteBuffer) throws(EngineRefusal) {
        guard !isClosed else { throw .sessionUnknown }
        guard state.phase != .webSocket else { throw .badRequest }
        guard payload.isValidUTF8, let packets = try? EnginePayload.decode(payload) else {
            close(because: .malformed)
            throw .badRequest
        }
        // One of them may close the connection; it takes no more then.
        for packet in packets { received(packet) }
    }

    func sendByPolling(_ packet: PreparedPacket) {
        polls.append(packet)
        if polls.bytes > endpoint.limits.queuedBytesMax { return close(because: .tooSlow) }
        endpoint.queued(packet.frame.readableBytes)
        answerPollSoon()
    }

    /// Once per turn of the loop, so that one response carries what the turn sends.
    private func answerPollSoon() {
        guard polls.poll != nil, !polls.answerIsDue else { return }
        polls.answerIsDue = true
        LoopActor.eventLoop.execute { LoopActor.assumeIsolated { self.answerPoll() } }
    }

    private func answerPoll() {
        polls.answerIsDue = false
        guard !polls.isEmpty, let poll = polls.takePoll() else { return }
        poll.resume(returning: takePayload())
    }

    /// A closed connection is done with once its last packets are taken.
    private func takePayload() -> ByteBuffer {
        let payload = polls.takePayload()
        if isClosed, polls.isEmpty { endpoint.forget(self) }
        return payload
    }

    /// The peer is about to leave polling, or has: its poll in flight must not hold it up.
    func releasePoll() {
        guard let poll = polls.takePoll() else { return }
        if polls.isEmpty || state.phase == .webSocket {
            poll.resume(returning: endpoint.noop.text)
        } else {
            poll.resume(returning: takePayload())
        }
    }

    /// The last answer: what waits and a close packet, to the poll in flight or to the next.
    func closePolling(because reason: CloseReason) {
        guard reason != .peerClosed else {
            releasePoll()
            return endpoint.forget(self)
        }
        polls.append(endpoint.close)
        endpoint.linger(self)
        answerPoll()
    }
}
