package import NIOCore

/// Puts TLS under whatever protocol the rest of a client's pipeline speaks.
///
/// Writes before the end of the handshake wait for it, so the other handlers need not know. Writes
/// are encrypted at the flush, several in one. An error is fired once, as `TLSError`, and closes the
/// channel; a peer that ends the session properly closes it without one.
package final class TLSClientHandler: ChannelDuplexHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer
    package typealias OutboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    private let session: TLSSession
    /// Plaintext not yet encrypted, with the promises of its writers; bounded by those who write.
    private var writes = MarkedCircularBuffer<(ByteBuffer, EventLoopPromise<Void>?)>(
        initialCapacity: 8
    )
    private var isEnded = false

    /// `host` is what the certificate must name, a DNS name or an IP address.
    package init(context: TLSClientContext, host: String) throws(TLSError) {
        session = try TLSSession(context: context, host: host)
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive {
            attempt(context) { () throws(TLSError) in try self.handshake(context) }
        }
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        failWrites(.truncated)
    }

    package func channelActive(context: ChannelHandlerContext) {
        attempt(context) { () throws(TLSError) in try self.handshake(context) }
        context.fireChannelActive()
    }

    package func channelInactive(context: ChannelHandlerContext) {
        if !isEnded {
            isEnded = true
            context.fireErrorCaught(TLSError.truncated)
        }
        failWrites(.truncated)
        context.fireChannelInactive()
    }

    // MARK: From the network

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isEnded else { return }
        attempt(context) { () throws(TLSError) in
            try self.session.feed(self.unwrapInboundIn(data))
            try self.handshake(context)
            if self.session.isEstablished { try self.readPlaintext(context) }
        }
    }

    private func readPlaintext(_ context: ChannelHandlerContext) throws(TLSError) {
        while !isEnded {
            switch try session.read(allocator: context.channel.allocator) {
            case .bytes(let bytes):
                context.fireChannelRead(wrapInboundOut(bytes))
            case .none:
                return sendCiphertext(context, promise: nil)
            case .closed:
                isEnded = true
                session.shutdown()
                sendCiphertext(context, promise: nil)
                context.close(promise: nil)
            }
        }
    }

    private func handshake(_ context: ChannelHandlerContext) throws(TLSError) {
        guard !session.isEstablished else { return }
        let isComplete = try session.advanceHandshake()
        sendCiphertext(context, promise: nil)
        // What was flushed while it lasted.
        if isComplete { try encrypt(context) }
    }

    // MARK: To the network

    package func write(
        context: ChannelHandlerContext,
        data: NIOAny,
        promise: EventLoopPromise<Void>?
    ) {
        guard !isEnded else { return promise?.fail(ChannelError.ioOnClosedChannel) ?? () }
        writes.append((unwrapOutboundIn(data), promise))
    }

    package func flush(context: ChannelHandlerContext) {
        writes.mark()
        guard !isEnded, session.isEstablished else { return }
        attempt(context) { () throws(TLSError) in try self.encrypt(context) }
    }

    package func close(
        context: ChannelHandlerContext,
        mode: CloseMode,
        promise: EventLoopPromise<Void>?
    ) {
        if !isEnded, mode != .input {
            isEnded = true
            session.shutdown()
            sendCiphertext(context, promise: nil)
        }
        failWrites(.truncated)
        context.close(mode: mode, promise: promise)
    }

    /// Encrypts what was flushed; the promise of the last write stands for all of them.
    private func encrypt(_ context: ChannelHandlerContext) throws(TLSError) {
        var all: EventLoopPromise<Void>?
        while writes.hasMark, let (bytes, promise) = writes.popFirst() {
            if let promise {
                if let all { all.futureResult.cascade(to: promise) } else { all = promise }
            }
            do throws(TLSError) {
                try session.write(bytes)
            } catch {
                all?.fail(error)
                throw error
            }
        }
        sendCiphertext(context, promise: all)
    }

    private func sendCiphertext(_ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?)
    {
        guard let bytes = session.takeCiphertext(allocator: context.channel.allocator) else {
            promise?.succeed()
            return
        }
        context.writeAndFlush(wrapOutboundOut(bytes), promise: promise)
    }

    // MARK: Failing

    private func attempt(_ context: ChannelHandlerContext, _ body: () throws(TLSError) -> Void) {
        do throws(TLSError) {
            try body()
        } catch {
            isEnded = true
            // The alert tells the peer what we did not like.
            sendCiphertext(context, promise: nil)
            context.fireErrorCaught(error)
            failWrites(error)
            context.close(promise: nil)
        }
    }

    private func failWrites(_ error: TLSError) {
        while let (_, promise) = writes.popFirst() { promise?.fail(error) }
    }
}
