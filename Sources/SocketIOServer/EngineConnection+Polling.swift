import EventLoopIsolation
import NIOCore
import SocketIO

extension EngineConnection {
    /// The answer to the request that opened the connection.
    func firstPoll() -> ByteBuffer {
        opened(canUpgrade: true)
        return takePayload()
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

    /// The peer is gone that waited for an answer; nobody knows what it got of earlier ones.
    func pollAborted() {
        guard polls.poll != nil else { return }
        close(because: .transportFailed)
    }

    /// A POST arrives: while it does there must be no other, or packets would lose their order.
    func beginPost() throws(EngineRefusal) {
        guard !isPosting else {
            close(because: .malformed)
            throw .badRequest
        }
        isPosting = true
    }

    /// Packets that came in the body of a POST.
    func post(_ body: ByteBuffer) throws(EngineRefusal) {
        guard !isClosed else {
            // Goodbye may cross ours.
            guard endpoint.knows(self) else { throw .sessionUnknown }
            return
        }
        guard state.phase != .webSocket else { throw .badRequest }
        do throws(EngineError) {
            guard body.isValidUTF8 else { throw .malformedPacket }
            var payload = EnginePayload(body)
            // Each may close the connection; it takes no more then.
            while let packet = try payload.next() { received(packet) }
        } catch {
            close(because: error.closeReason)
            throw .badRequest
        }
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
        if state.phase == .closed, polls.isEmpty { endpoint.forget(self) }
        return payload
    }

    /// The peer is about to leave polling, or has: its poll in flight must not hold it up.
    func releasePoll() {
        guard let poll = polls.takePoll() else { return }
        if polls.isEmpty || state.phase == .webSocket {
            poll.resume(returning: endpoint.noop.part)
        } else {
            poll.resume(returning: takePayload())
        }
    }

    // MARK: Closing

    /// The last answers, to the poll in flight and, where the peer may still come for them, to the next.
    ///
    /// A close packet is for good: stock clients in Python do not come back after one. Who is to come
    /// back finds the sid unknown.
    func closePolling(because reason: CloseReason) {
        switch reason {
        case .disconnected: polls.farewell = endpoint.close
        case .closed, .connectTimeout, .serverStopped: break
        // A peer that closes may have sent its last poll before, on a connection that is slower.
        case .peerClosed: replacePackets(with: endpoint.noop)
        case .malformed: replacePackets(with: endpoint.close)
        default: replacePackets(with: endpoint.noop)
        }
        if polls.isEmpty { releasePoll() } else { answerPoll() }
        if reason.leavesLastPackets, !polls.isEmpty {
            endpoint.linger(self)
        } else {
            endpoint.forget(self)
        }
    }

    private func replacePackets(with farewell: PreparedPacket) {
        polls.take()
        polls.farewell = farewell
    }
}

extension CloseReason {
    /// Both sides have kept to the protocol, so the end is told to a poll that comes later.
    fileprivate var leavesLastPackets: Bool {
        switch self {
        case .peerClosed, .disconnected, .closed, .connectTimeout, .serverStopped: true
        default: false
        }
    }
}
