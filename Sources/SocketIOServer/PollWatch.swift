import EventLoopIsolation
import NIOCore

/// Notices that a peer gave up its connection while its poll waits for an answer.
///
/// Nobody reads the requests of a channel while one is answered, so its end would show with the next
/// write only. It enters the pipeline with the first poll and stays.
final class PollWatch: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    /// Called once the peer takes no answer any more; set while a poll waits.
    var onEnd: (@LoopActor () -> Void)?
    /// The end may come with the request, before the poll can wait.
    private(set) var hasEnded = false

    /// The watch of a channel; nil where the channel is gone.
    static func on(_ channel: any Channel) -> PollWatch? {
        let pipeline = channel.pipeline.syncOperations
        if let known = try? pipeline.handler(type: PollWatch.self) { return known }
        let watch = PollWatch()
        return (try? pipeline.addHandler(watch, position: .first)).map { watch }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { ended() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        ended()
        context.fireChannelInactive()
    }

    private func ended() {
        hasEnded = true
        guard let onEnd else { return }
        self.onEnd = nil
        LoopActor.assumeIsolated { onEnd() }
    }
}
