import EventLoopIsolation
import NIOCore

/// Flushes each WebSocket that was written to once per turn of the loop: what a turn sends to a peer
/// leaves in one system call.
@LoopActor
final class FlushQueue {
    private var waiting: [WebSocketConnection] = []

    func add(_ webSocket: WebSocketConnection) {
        if waiting.isEmpty {
            LoopActor.eventLoop.execute { LoopActor.assumeIsolated { self.flush() } }
        }
        waiting.append(webSocket)
    }

    private func flush() {
        // Flushing may write again, through a handler or a close: that belongs to the next turn.
        let due = waiting
        waiting.removeAll(keepingCapacity: due.count < 4096)
        for webSocket in due { webSocket.flush() }
    }
}
