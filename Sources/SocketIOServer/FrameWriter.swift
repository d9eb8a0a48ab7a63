import EventLoopIsolation
import NIOCore

#if canImport(Glibc)
    import Glibc
#endif

/// Takes the frames of one WebSocket to its peer: straight to the socket as long as that takes them,
/// through the channel from where it does not.
///
/// A channel's pipeline, its queue and its promises cost as much again as the system call, and for what
/// the kernel takes at once, which is nearly everything, they do nothing.
@LoopActor
final class FrameWriter {
    private let channel: any Channel
    /// Whose it is stays true while the channel is active; nil where there is no socket.
    private let descriptor: NIOBSDSocket.Handle?
    /// What this turn of the loop has written, unless the channel has it.
    private var frames: ByteBuffer?
    /// As long as the channel holds any, what follows has to go behind them.
    private var writesInChannel = 0
    /// The answer to the upgrade went through the channel, and may still be there.
    private var mayHoldAnswer = true

    /// Frames of one turn are put together up to here: copying so little costs less than a second call.
    private static let bytesTogether = 16 * 1024

    init(channel: any Channel) {
        self.channel = channel
        descriptor = try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable { $0 }
    }

    /// What the peer has not taken yet.
    var queuedBytes: Int {
        let inChannel =
            writesInChannel > 0 ? try? channel.syncOptions?.getOption(.bufferedWritableBytes) : 0
        return (frames?.readableBytes ?? 0) + (inChannel ?? 0)
    }

    func write(_ frame: ByteBuffer) {
        guard descriptor != nil, writesInChannel == 0, !mayHoldAnswer else {
            return passOn(frame)
        }
        guard let earlier = frames.take() else {
            frames = frame
            return
        }
        if earlier.readableBytes + frame.readableBytes <= Self.bytesTogether {
            var together = earlier
            together.writeImmutableBuffer(frame)
            frames = together
        } else {
            passOn(earlier)
            passOn(frame)
        }
    }

    func flush() {
        guard var rest = frames.take() else { return channel.flush() }
        // Closing gives the descriptor back to the system, and makes the channel inactive in one step.
        guard channel.isActive, let descriptor else { return }
        let count = rest.withUnsafeReadableBytes {
            Glibc.write(descriptor, $0.baseAddress, $0.count)
        }
        rest.moveReaderIndex(forwardBy: max(0, count))
        guard rest.readableBytes > 0 else { return }
        // The channel waits until the socket takes more, and finds out what is wrong with it.
        passOn(rest)
        channel.flush()
    }

    private func passOn(_ frame: ByteBuffer) {
        writesInChannel += 1
        let promise = channel.eventLoop.makePromise(of: Void.self)
        promise.futureResult.whenComplete { _ in
            LoopActor.assumeIsolated {
                self.writesInChannel -= 1
                self.mayHoldAnswer = false
            }
        }
        channel.write(frame, promise: promise)
    }
}
