import EventLoopIsolation
import NIOCore

/// Called once, on the loop: with the reply, or with the reason why there is none.
package typealias RedisCompletion = @LoopActor (Result<RESPValue, RedisError>) -> Void

/// One connection to Redis, from the first byte to the last: commands out, replies in.
///
/// States: *attached* to a channel that may still be connecting; *closed*, once, by Redis, by an
/// error or by `close`. What was in flight then ends with `outcomeUnknown`. Commands of one turn of
/// the loop leave together, in one system call.
@LoopActor
final class RedisConnection {
    /// Tells the owner, once; when it is called nothing can be sent any more.
    var onClosed: (@LoopActor (RedisError) -> Void)?
    /// Takes replies that no command waits for, a subscriber's messages; if nil they are an error.
    var onUnmatched: (@LoopActor (RESPValue) -> Void)?
    /// Asks Redis for a sign of life; a subscriber does that in its own way.
    var onQuiet: (@LoopActor () -> Void)?

    private let channel: any Channel
    private let settings: RedisSettings
    private let reader: RESPReader
    private var queue: ReplyQueue<RedisCompletion>
    private var silence = SilenceWatch()
    private var ticks: RepeatedTask?

    /// Commands of this turn, encoded one after the other.
    private var output: ByteBuffer
    private var isFlushScheduled = false
    /// Flushed by us, not yet taken by the network.
    private var bytesInWriting = 0

    init(channel: any Channel, settings: RedisSettings) {
        self.channel = channel
        self.settings = settings
        reader = RESPReader(limits: settings.replyLimits)
        queue = ReplyQueue(commandsMax: settings.commandsInFlightMax)
        output = channel.allocator.buffer(capacity: Self.outputBytes)
    }

    var isOpen: Bool { queue.isOpen }

    // MARK: Sending

    /// The completion may be called before this returns, when the command is turned away.
    func send(_ command: RedisCommand, then completion: @escaping RedisCompletion) {
        guard bytesQueued < settings.bytesQueuedMax else {
            return completion(.failure(.overloaded))
        }
        switch queue.send(completion) {
        case .accepted: post(command)
        case .full: completion(.failure(.overloaded))
        case .closed: completion(.failure(.unavailable))
        }
    }

    /// Sends a command whose reply goes to `onUnmatched`.
    func post(_ command: RedisCommand) {
        guard queue.isOpen else { return }
        output.write(command)
        guard !isFlushScheduled else { return }
        isFlushScheduled = true
        channel.eventLoop.execute {
            LoopActor.assumeIsolated { self.flush() }
        }
    }

    /// Sends a command that Redis carries out without a word; what is too much is dropped.
    func tell(_ command: RedisCommand) {
        guard bytesQueued < settings.bytesQueuedMax else { return }
        post(Self.silence)
        post(command)
    }

    /// Redis answers neither this nor the next command.
    private static let silence: RedisCommand = ["CLIENT", "REPLY", "SKIP"]

    var bytesQueued: Int { output.readableBytes + bytesInWriting }

    private static let outputBytes = 4096
    private static let outputBytesKept = 256 * 1024

    private func flush() {
        isFlushScheduled = false
        guard queue.isOpen else { return }
        let count = output.readableBytes
        bytesInWriting += count
        let promise = channel.eventLoop.makePromise(of: Void.self)
        promise.futureResult.whenComplete { _ in
            LoopActor.assumeIsolated { self.bytesInWriting -= count }
        }
        channel.writeAndFlush(output, promise: promise)
        // Usually the system has taken it all by now, and the same memory serves the next turn.
        if output.capacity > Self.outputBytesKept {
            output = channel.allocator.buffer(capacity: Self.outputBytes)
        } else {
            output.clear()
        }
    }

    // MARK: What the channel tells

    func becameActive() {
        let interval = TimeAmount.nanoseconds(
            settings.silenceMax.nanoseconds / Int64(SilenceWatch.ticksPerSilence)
        )
        ticks = channel.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) {
            _ in
            LoopActor.assumeIsolated { self.tick() }
        }
    }

    /// hiredis moves the rest of its buffer to the front after each kilobyte it has parsed: in small
    /// pieces that stays cheap when many replies arrive at once.
    private static let pieceBytes = 16 * 1024

    func received(_ bytes: ByteBuffer) {
        silence.heard()
        var rest = bytes
        do throws(RedisError) {
            while let piece = rest.readSlice(length: min(Self.pieceBytes, rest.readableBytes)),
                piece.readableBytes > 0
            {
                try reader.feed(piece)
                // A completion may close the connection.
                while queue.isOpen, let reply = try reader.next() { deliver(reply) }
            }
        } catch {
            close(because: error)
        }
    }

    func becameInactive() {
        end(because: .connectionFailed("closed by Redis"))
    }

    /// Closes the connection, unless it is closed, and says why.
    func close(because reason: RedisError) {
        end(because: reason)
        channel.close(promise: nil)
    }

    private func deliver(_ reply: RESPValue) {
        if let completion = queue.receive() {
            if case .error(let message) = reply {
                completion(.failure(.refused(message)))
            } else {
                completion(.success(reply))
            }
        } else if let onUnmatched {
            onUnmatched(reply)
        } else {
            close(because: .malformedReply("reply without a command"))
        }
    }

    private func tick() {
        switch silence.tick() {
        case .nothing: break
        case .ping: if let onQuiet { onQuiet() } else { send(["PING"]) { _ in } }
        case .giveUp: close(because: .connectionFailed("silent for too long"))
        }
    }

    private func end(because reason: RedisError) {
        guard queue.isOpen else { return }
        ticks?.cancel()
        let abandoned = queue.close()
        // The owner first: whoever reacts to a lost command by sending another must find it away.
        onClosed?(reason)
        for completion in abandoned { completion(.failure(.outcomeUnknown)) }
        onClosed = nil
        onUnmatched = nil
        onQuiet = nil
    }
}
