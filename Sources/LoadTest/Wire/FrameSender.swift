import EventLoopIsolation
import NIOCore

/// Gathers the frames that one WebSocket after the other sends.
///
/// One buffer serves all of them: what a connection sends in a row leaves in one system call, as soon
/// as another one sends or the loop's turn ends.
@LoopActor
final class FrameSender {
    private var frames = ByteBuffer()
    /// Whose frames they are.
    private var sender: WebSocketTransport?
    private var mask: UInt32 = 1
    private var endsTurn = false

    func send(
        _ opcode: ClientFrame.Opcode,
        _ payload: ByteBuffer,
        from transport: WebSocketTransport
    ) {
        if sender !== transport { flush() }
        sender = transport
        mask = mask &* 1_664_525 &+ 1_013_904_223
        ClientFrame.append(opcode, payload, mask: mask, to: &frames)
        guard !endsTurn else { return }
        endsTurn = true
        LoopActor.eventLoop.execute {
            LoopActor.assumeIsolated {
                self.endsTurn = false
                self.flush()
            }
        }
    }

    func flush() {
        guard let transport = sender else { return }
        sender = nil
        // Writing may fail, and whoever hears of it may send: that is the next to go.
        var due = ByteBuffer()
        swap(&due, &frames)
        transport.write(due)
        due.clear()
        if frames.readableBytes == 0 { frames = due }
    }
}
