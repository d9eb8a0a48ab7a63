import NIOCore
import Testing

@testable import Redis

struct ReplyQueueTests {
    @Test func `replies go to the commands in their order`() {
        var queue = ReplyQueue<String>(commandsMax: 3)
        #expect(queue.send("a") == .accepted)
        #expect(queue.send("b") == .accepted)
        #expect(queue.receive() == "a")
        #expect(queue.send("c") == .accepted)
        #expect(queue.receive() == "b")
        #expect(queue.receive() == "c")
    }

    @Test func `a reply without a command belongs to nobody`() {
        var queue = ReplyQueue<String>(commandsMax: 3)
        #expect(queue.receive() == nil)
    }

    @Test func `a full queue turns commands away until a reply comes`() {
        var queue = ReplyQueue<Int>(commandsMax: 2)
        #expect(queue.send(1) == .accepted)
        #expect(queue.send(2) == .accepted)
        #expect(queue.send(3) == .full)
        #expect(queue.receive() == 1)
        #expect(queue.send(4) == .accepted)
        #expect(queue.count == 2)
    }

    @Test func `closing hands back what was in flight, once, and takes nothing more`() {
        var queue = ReplyQueue<Int>(commandsMax: 8)
        for number in 1...3 { _ = queue.send(number) }
        _ = queue.receive()
        #expect(queue.close() == [2, 3])
        #expect(queue.close() == [])
        #expect(queue.send(4) == .closed)
        #expect(queue.receive() == nil)
    }
}

struct SilenceWatchTests {
    @Test func `silence is first asked about and then given up`() {
        var watch = SilenceWatch()
        let actions = (1...5).map { _ in watch.tick() }
        #expect(actions == [.nothing, .ping, .nothing, .nothing, .giveUp])
    }

    @Test func `anything heard begins the silence anew`() {
        var watch = SilenceWatch()
        for _ in 1...4 { _ = watch.tick() }
        watch.heard()
        #expect((1...2).map { _ in watch.tick() } == [.nothing, .ping])
    }
}

struct BackoffTests {
    @Test(arguments: [0, 0.5, 1])
    func `delays double up to the bound, within their upper half`(jitter: Double) {
        var backoff = Backoff(first: .milliseconds(50), longest: .milliseconds(300))
        for whole in [50.0, 100, 200, 300, 300] {
            let delay = Double(backoff.next(jitter: jitter).nanoseconds) / 1e6
            #expect(delay == whole / 2 + whole / 2 * jitter)
        }
        backoff.reset()
        #expect(backoff.next(jitter: 1) == .milliseconds(50))
    }

    @Test func `a thousand failures do not overflow`() {
        var backoff = Backoff(first: .seconds(1), longest: .seconds(5))
        for _ in 1...1000 { #expect(backoff.next(jitter: 1) <= .seconds(5)) }
    }
}
