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

    @Test func `a peer is pinged once the interval has passed`() {
        var state = opened(on: .webSocket)
        #expect(state.tick(now: 24) == .nothing)
        #expect(state.tick(now: 25) == .ping)
        #expect(state.tick(now: 26) == .nothing)
    }

    @Test func `a pong starts the next interval`() {
        var state = opened(on: .webSocket)
        _ = state.tick(now: 25)
        #expect(state.received(.pong(ByteBuffer()), now: 30) == .nothing)
        #expect(state.tick(now: 54) == .nothing)
        #expect(state.tick(now: 55) == .ping)
    }

    @Test func `a peer that does not answer a ping is given up`() {
        var state = opened(on: .polling)
        _ = state.tick(now: 25)
        #expect(state.tick(now: 44) == .nothing)
        #expect(state.tick(now: 45) == .close(.pingTimeout))
    }

    @Test func `anything that arrives puts the timeout off`() {
        var state = opened(on: .webSocket)
        _ = state.tick(now: 25)
        _ = state.received(.text(ByteBuffer(string: "2[\"a\"]")), now: 40)
        #expect(state.tick(now: 45) == .nothing)
        #expect(state.tick(now: 60) == .close(.pingTimeout))
    }

    @Test func `a ping from the peer is against the protocol`() {
        var state = opened(on: .webSocket)
        #expect(state.received(.ping(ByteBuffer()), now: 1) == .close(.malformed))
    }

    // MARK: Upgrade

    @Test func `a probe takes over after its ping was answered`() {
        var state = opened(on: .polling)
        #expect(state.probeOpened(now: 1) == true)
        #expect(!state.answersPollsAtOnce)
        #expect(state.probeReceived(probe) == .answer)
        #expect(state.answersPollsAtOnce)
        #expect(state.probeReceived(.upgrade) == .upgrade)
        #expect(state.phase == .webSocket)
    }

    @Test func `polling goes on while the probe is not through`() {
        var state = opened(on: .polling)
        _ = state.probeOpened(now: 1)
        let message = ByteBuffer(string: "0")
        #expect(state.received(.text(message), now: 2) == .message(message))
    }

    @Test func `an upgrade without a probe is abandoned`() {
        var state = opened(on: .polling)
        _ = state.probeOpened(now: 1)
        #expect(state.probeReceived(.upgrade) == .abandon)
        #expect(state.phase == .polling)
    }

    @Test func `a probe that does not come to an end is abandoned`() {
        var state = opened(on: .polling)
        _ = state.probeOpened(now: 1)
        _ = state.probeReceived(probe)
        #expect(state.tick(now: 10) == .nothing)
        #expect(state.tick(now: 11) == .abandonProbe)
        #expect(!state.answersPollsAtOnce)
        #expect(state.probeReceived(.upgrade) == .abandon)
    }

    @Test func `a second probe has to wait until the first is gone`() {
        var state = opened(on: .polling)
        #expect(state.probeOpened(now: 1) == true)
        #expect(state.probeOpened(now: 2) == false)
        state.probeClosed()
        #expect(state.probeOpened(now: 3) == true)
    }

    @Test func `a connection on WebSocket is not probed`() {
        var state = opened(on: .webSocket)
        #expect(state.probeOpened(now: 1) == false)
    }

    @Test func `a closed connection takes nothing and asks for nothing`() {
        var state = opened(on: .polling)
        state.close()
        #expect(state.received(.text(ByteBuffer(string: "0")), now: 1) == .nothing)
        #expect(state.tick(now: 1000) == .nothing)
        #expect(state.probeOpened(now: 1) == false)
    }
}
