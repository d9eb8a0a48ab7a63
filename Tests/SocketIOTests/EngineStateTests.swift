import NIOCore
import SocketIO
import Testing

@Suite struct EngineStateTests {
    private let probe = EnginePacket.ping(EnginePacket.probe)
    private let limits = EngineLimits()

    private func opened(on transport: EngineState.Transport) -> EngineState {
        EngineState(openedOn: transport, limits: limits, now: 0)
    }

    // MARK: Heartbeat

    @Test func `a peer is pinged a tick before the interval has passed`() {
        var state = opened(on: .webSocket)
        #expect(state.tick(now: 23_999) == .nothing)
        #expect(state.tick(now: 24_000) == .ping)
        #expect(state.tick(now: 25_000) == .nothing)
    }

    @Test func `a pong starts the next interval`() {
        var state = opened(on: .webSocket)
        _ = state.tick(now: 25_000)
        #expect(state.received(.pong(ByteBuffer()), now: 30_000) == .nothing)
        #expect(state.tick(now: 53_999) == .nothing)
        #expect(state.tick(now: 54_000) == .ping)
    }

    @Test func `a peer that does not answer a ping is given up`() {
        var state = opened(on: .polling)
        _ = state.tick(now: 25_000)
        #expect(state.tick(now: 44_000) == .nothing)
        #expect(state.tick(now: 45_000) == .close(.pingTimeout))
    }

    @Test func `anything that arrives puts the timeout off`() {
        var state = opened(on: .webSocket)
        _ = state.tick(now: 25_000)
        _ = state.received(.text(ByteBuffer(string: "2[\"a\"]")), now: 40_000)
        #expect(state.tick(now: 45_000) == .nothing)
        #expect(state.tick(now: 60_000) == .close(.pingTimeout))
    }

    @Test func `a ping from the peer is against the protocol`() {
        var state = opened(on: .webSocket)
        #expect(state.received(.ping(ByteBuffer()), now: 1_000) == .close(.malformed))
    }

    @Test(arguments: [(25_000, 20_000, 1_000), (300, 200, 10), (60_000, 1_000_000, 1_000)])
    func `the tick follows from the times it keeps`(interval: Int, timeout: Int, tick: Int) {
        var limits = EngineLimits()
        limits.pingIntervalMilliseconds = interval
        limits.pingTimeoutMilliseconds = timeout
        #expect(limits.tickMilliseconds == tick)
    }

    @Test func `binary is a message as text is`() {
        var state = opened(on: .webSocket)
        let bytes = ByteBuffer(bytes: [1, 2])
        #expect(state.received(.binary(bytes), now: 1_000) == .message(.binary(bytes)))
    }

    // MARK: Upgrade

    @Test func `a probe takes over after its ping was answered`() {
        var state = opened(on: .polling)
        #expect(state.probeOpened(now: 1_000) == true)
        #expect(!state.answersPollsAtOnce)
        #expect(state.probeReceived(probe) == .answer)
        #expect(state.answersPollsAtOnce)
        #expect(state.probeReceived(.upgrade) == .upgrade)
        #expect(state.phase == .webSocket)
    }

    @Test func `polling goes on while the probe is not through`() {
        var state = opened(on: .polling)
        _ = state.probeOpened(now: 1_000)
        let message = ByteBuffer(string: "0")
        #expect(state.received(.text(message), now: 2_000) == .message(.text(message)))
    }

    @Test func `an upgrade without a probe is abandoned`() {
        var state = opened(on: .polling)
        _ = state.probeOpened(now: 1_000)
        #expect(state.probeReceived(.upgrade) == .abandon)
        #expect(state.phase == .polling)
    }

    @Test func `a probe that does not come to an end is abandoned`() {
        var state = opened(on: .polling)
        _ = state.probeOpened(now: 1_000)
        _ = state.probeReceived(probe)
        #expect(state.tick(now: 10_000) == .nothing)
        #expect(state.tick(now: 11_000) == .abandonProbe)
        #expect(!state.answersPollsAtOnce)
        #expect(state.probeReceived(.upgrade) == .abandon)
    }

    @Test func `a second probe has to wait until the first is gone`() {
        var state = opened(on: .polling)
        #expect(state.probeOpened(now: 1_000) == true)
        #expect(state.probeOpened(now: 2_000) == false)
        state.probeClosed()
        #expect(state.probeOpened(now: 3_000) == true)
    }

    @Test func `a connection on WebSocket is not probed`() {
        var state = opened(on: .webSocket)
        #expect(state.probeOpened(now: 1_000) == false)
    }

    @Test func `a closed connection takes nothing and asks for nothing`() {
        var state = opened(on: .polling)
        state.close()
        #expect(state.received(.text(ByteBuffer(string: "0")), now: 1_000) == .nothing)
        #expect(state.tick(now: 1000_000) == .nothing)
        #expect(state.probeOpened(now: 1_000) == false)
    }
}
