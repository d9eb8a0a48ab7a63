import NIOCore
import SocketIO
import Testing

@Suite struct SocketStateTests {
    private func state() -> SocketState {
        SocketState(offering: ["/", "/custom"], limits: EngineLimits(), now: 0)
    }

    private func connected() -> SocketState {
        var state = state()
        _ = state.received(packet("0"), now: 1)
        _ = state.accepted("/")
        return state
    }

    private func text(_ text: String) -> ByteBuffer { ByteBuffer(string: text) }
    private func packet(_ text: String) -> EngineMessage { .text(ByteBuffer(string: text)) }
    private func bytes(_ bytes: UInt8...) -> EngineMessage { .binary(ByteBuffer(bytes: bytes)) }

    @Test func `a connect packet asks the application`() {
        var state = state()
        let action = state.received(packet("0{\"token\":\"x\"}"), now: 1)
        #expect(action == .connect(namespace: "/", auth: text("{\"token\":\"x\"}")))
        #expect(state.accepted("/") == true)
        #expect(state.accepted("/") == false)
    }

    @Test func `a namespace that is not offered is refused and the transport stays`() {
        var state = state()
        #expect(state.received(packet("0/random,"), now: 1) == .refuse(namespace: "/random"))
        #expect(state.received(packet("0"), now: 2) == .connect(namespace: "/", auth: nil))
    }

    @Test func `namespaces are entered and left one by one`() {
        var state = connected()
        #expect(
            state.received(packet("0/custom,"), now: 1) == .connect(namespace: "/custom", auth: nil)
        )
        #expect(state.received(packet("1"), now: 2) == .disconnected(namespace: "/"))
        #expect(state.accepted("/custom") == true)
        #expect(state.phase(of: "/") == nil)
    }

    @Test func `an event is delivered with its acknowledgement number`() throws {
        var state = connected()
        let event = try SocketEvent(SocketPacket(text: text("27[\"a\",1]")))
        #expect(state.received(packet("27[\"a\",1]"), now: 1) == .deliver(event, namespace: "/"))
    }

    @Test func `an acknowledgement without a number is passed over`() {
        var state = connected()
        #expect(state.received(packet("3[]"), now: 1) == .nothing)
    }

    @Test(arguments: [
        "2[\"a\"]", "2/custom,[\"a\"]", "1", "37[]x", "4{}", "9", "abc", "51-[\"a\"]",
    ])
    func `what has no place before a connect closes the transport`(text: String) {
        var state = state()
        #expect(state.received(packet(text), now: 1) == .close(.malformed))
    }

    @Test(arguments: [
        "0", "2[]", "2[\"connect\"]", "2/custom,[\"a\"]", "4{}",
        "51-[\"a\",{\"_placeholder\":true,\"num\":1}]", "50-[]", "5[\"a\"]",
    ])
    func `what has no place after a connect closes the transport`(text: String) {
        var state = connected()
        #expect(state.received(packet(text), now: 1) == .close(.malformed))
    }

    @Test func `an event before the application's answer closes the transport`() {
        var state = state()
        _ = state.received(packet("0"), now: 1)
        #expect(state.received(packet("2[\"a\"]"), now: 1) == .close(.malformed))
    }

    @Test func `a transport without a namespace has its time`() {
        var state = state()
        #expect(!state.isOverdue(now: 44_000))
        #expect(state.isOverdue(now: 45_000))
        _ = state.received(packet("0"), now: 10_000)
        #expect(state.isOverdue(now: 45_000))
        _ = state.accepted("/")
        #expect(!state.isOverdue(now: 1000_000))
        state.left("/", now: 1000_000)
        #expect(!state.isOverdue(now: 1044_000))
        #expect(state.isOverdue(now: 1045_000))
    }

    // MARK: Attachments

    private static let two =
        "[\"a\",{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":0}]"

    @Test func `an event waits for its attachments`() throws {
        var state = connected()
        #expect(state.received(packet("52-7" + Self.two), now: 1) == .nothing)
        #expect(state.received(bytes(1), now: 2) == .nothing)
        guard case .deliver(let event, "/") = state.received(bytes(2, 3), now: 3) else {
            return #expect(Bool(false), "nothing was delivered")
        }
        #expect(event.name == "a")
        #expect(event.acknowledgementID == 7)
        #expect(event.attachments == [ByteBuffer(bytes: [1]), ByteBuffer(bytes: [2, 3])])
        #expect(String(buffer: event.arguments) == Self.two.dropFirst(5).dropLast())
    }

    @Test func `an acknowledgement brings attachments too`() {
        var state = connected()
        _ = state.received(packet("61-3[{\"_placeholder\":true,\"num\":0},1]"), now: 1)
        let answer = SocketAnswer.answered(
            arguments: text("{\"_placeholder\":true,\"num\":0},1"),
            attachments: [ByteBuffer(bytes: [9])]
        )
        #expect(state.received(bytes(9), now: 1) == .acknowledged(3, answer, namespace: "/"))
    }

    @Test func `more attachments than the bound close the transport at once`() {
        var state = connected()
        #expect(state.received(packet("511-[\"a\"]"), now: 1) == .close(.tooLarge))
    }

    @Test func `as many attachments as the bound are taken`() {
        var state = connected()
        #expect(state.received(packet("510-[\"a\"]"), now: 1) == .nothing)
        for _ in 1..<10 { #expect(state.received(bytes(), now: 1) == .nothing) }
        #expect(state.received(bytes(), now: 1) != .nothing)
    }

    @Test func `attachments that weigh too much together close the transport`() {
        var state = connected()
        _ = state.received(packet("53-[\"a\"]"), now: 1)
        let half = EngineMessage.binary(ByteBuffer(repeating: 0, count: 500_000))
        #expect(state.received(half, now: 1) == .nothing)
        #expect(state.received(half, now: 1) == .nothing)
        #expect(state.received(bytes(1), now: 1) == .close(.tooLarge))
    }

    @Test func `text before the last attachment closes the transport`() {
        var state = connected()
        _ = state.received(packet("51-[\"a\"]"), now: 1)
        #expect(state.received(packet("2[\"a\"]"), now: 1) == .close(.malformed))
    }

    // MARK: Sent away

    @Test func `what a peer sent before it knew that it was sent away is no fault`() {
        var state = connected()
        #expect(state.ended("/", now: 5) == true)
        #expect(state.ended("/", now: 5) == false)
        #expect(!state.isInUse)
        for late in ["2[\"a\"]", "31[]", "50-[\"a\"]", "60-1[]"] {
            #expect(state.received(packet(late), now: 6) == .nothing)
        }
        _ = state.received(packet("51-[\"a\"]"), now: 6)
        #expect(state.received(bytes(1), now: 6) == .nothing)
        #expect(state.received(packet("0"), now: 7) == .connect(namespace: "/", auth: nil))
    }

    @Test func `a peer that was sent away and says goodbye too is gone`() {
        var state = connected()
        _ = state.ended("/", now: 5)
        #expect(state.received(packet("1"), now: 6) == .nothing)
        #expect(state.received(packet("2[\"a\"]"), now: 6) == .close(.malformed))
    }
}
