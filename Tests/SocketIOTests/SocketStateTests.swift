import NIOCore
import SocketIO
import Testing

@Suite struct SocketStateTests {
    private func state() -> SocketState {
        SocketState(offering: ["/", "/custom"], limits: EngineLimits(), now: 0)
    }

    private func connected() -> SocketState {
        var state = state()
        _ = state.received(text("0"), now: 1)
        _ = state.accepted("/")
        return state
    }

    private func text(_ packet: String) -> ByteBuffer { ByteBuffer(string: packet) }

    @Test func `a connect packet asks the application`() {
        var state = state()
        let action = state.received(text("0{\"token\":\"x\"}"), now: 1)
        #expect(action == .connect(namespace: "/", auth: text("{\"token\":\"x\"}")))
        #expect(state.accepted("/") == true)
        #expect(state.accepted("/") == false)
    }

    @Test func `a namespace that is not offered is refused and the transport stays`() {
        var state = state()
        #expect(state.received(text("0/random,"), now: 1) == .refuse(namespace: "/random"))
        #expect(state.received(text("0"), now: 2) == .connect(namespace: "/", auth: nil))
    }

    @Test func `namespaces are entered and left one by one`() {
        var state = connected()
        #expect(
            state.received(text("0/custom,"), now: 1) == .connect(namespace: "/custom", auth: nil)
        )
        #expect(state.received(text("1"), now: 2) == .disconnected(namespace: "/"))
        #expect(state.accepted("/custom") == true)
        #expect(state.phase(of: "/") == nil)
    }

    @Test func `an event is delivered with its acknowledgement number`() throws {
        var state = connected()
        let event = try SocketEvent(SocketPacket(text: text("27[\"a\",1]")))
        #expect(state.received(text("27[\"a\",1]"), now: 1) == .deliver(event, namespace: "/"))
    }

    @Test func `an acknowledgement that nobody waits for is passed over`() {
        var state = connected()
        #expect(state.received(text("37[]"), now: 1) == .nothing)
    }

    @Test(arguments: [
        "2[\"a\"]", "2/custom,[\"a\"]", "1", "37[]x", "4{}", "9", "abc", "51-[\"a\"]",
    ])
    func `what has no place before a connect closes the transport`(packet: String) {
        var state = state()
        #expect(state.received(text(packet), now: 1) == .close(.malformed))
    }

    @Test(arguments: [
        "0", "2[]", "2[\"connect\"]", "2/custom,[\"a\"]", "4{}",
        "51-[\"a\",{\"_placeholder\":true,\"num\":0}]",
    ])
    func `what has no place after a connect closes the transport`(packet: String) {
        var state = connected()
        #expect(state.received(text(packet), now: 1) == .close(.malformed))
    }

    @Test func `an event before the application's answer closes the transport`() {
        var state = state()
        _ = state.received(text("0"), now: 1)
        #expect(state.received(text("2[\"a\"]"), now: 1) == .close(.malformed))
    }

    @Test func `a transport without a namespace has its time`() {
        var state = state()
        #expect(!state.isOverdue(now: 44))
        #expect(state.isOverdue(now: 45))
        _ = state.received(text("0"), now: 10)
        #expect(state.isOverdue(now: 45))
        _ = state.accepted("/")
        #expect(!state.isOverdue(now: 1000))
        state.left("/", now: 1000)
        #expect(!state.isOverdue(now: 1044))
        #expect(state.isOverdue(now: 1045))
    }
}
