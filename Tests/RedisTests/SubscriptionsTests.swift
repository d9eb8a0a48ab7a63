import NIOCore
import TestSupport
import Testing

@testable import Redis

struct SubscriptionsTests {
    private let room = ByteBuffer(string: "{room}:out")

    private func reply(_ kind: String, _ channel: ByteBuffer, _ last: RESPValue) -> RESPValue {
        .array([string(kind), .string(channel), last])
    }

    private func describe(_ action: Subscriptions<String>.Action) -> String {
        switch action {
        case .deliver(let listener, let payload):
            "deliver \(String(buffer: payload)) to \(listener)"
        case .confirm(let listener): "confirm \(listener)"
        case .refuse(let listener, let message): "refuse \(listener): \(message)"
        case .interrupt(let listener, _): "interrupt \(listener)"
        case .nothing: "nothing"
        case .close: "close"
        }
    }

    @Test func `a message goes to the listener of its channel, once it is confirmed`() {
        var table = Subscriptions<String>()
        #expect(table.connect() == [])
        #expect(table.subscribe(room, "ann") == ["SSUBSCRIBE", .buffer(room)])
        #expect(describe(table.receive(reply("smessage", room, string("x")))) == "nothing")
        #expect(describe(table.receive(reply("ssubscribe", room, .integer(1)))) == "confirm ann")
        #expect(describe(table.receive(reply("smessage", room, string("y")))) == "deliver y to ann")
    }

    @Test func `what is wanted while away is asked for on connecting`() {
        var table = Subscriptions<String>()
        #expect(table.subscribe(room, "ann") == nil)
        #expect(table.connect() == [["SSUBSCRIBE", .buffer(room)]])
    }

    @Test func `only confirmed listeners are interrupted, and all are asked for again`() {
        var table = Subscriptions<String>()
        _ = table.connect()
        _ = table.subscribe(room, "ann")
        _ = table.receive(reply("ssubscribe", room, .integer(1)))
        _ = table.subscribe(ByteBuffer(string: "other"), "bob")
        #expect(table.disconnect() == ["ann"])
        #expect(table.disconnect() == [])
        #expect(table.connect().count == 2)
    }

    @Test func `the confirmation of an earlier subscription is not taken for a later one`() {
        var table = Subscriptions<String>()
        _ = table.connect()
        _ = table.subscribe(room, "old")
        _ = table.unsubscribe(room)
        _ = table.subscribe(room, "new")
        #expect(describe(table.receive(reply("ssubscribe", room, .integer(1)))) == "nothing")
        #expect(describe(table.receive(reply("smessage", room, string("x")))) == "nothing")
        #expect(describe(table.receive(reply("sunsubscribe", room, .integer(0)))) == "nothing")
        #expect(describe(table.receive(reply("ssubscribe", room, .integer(1)))) == "confirm new")
    }

    @Test func `a channel that Redis gives up is asked for again`() {
        var table = Subscriptions<String>()
        _ = table.connect()
        _ = table.subscribe(room, "ann")
        _ = table.receive(reply("ssubscribe", room, .integer(1)))
        #expect(
            describe(table.receive(reply("sunsubscribe", room, .integer(0)))) == "interrupt ann"
        )
        #expect(describe(table.receive(reply("smessage", room, string("x")))) == "nothing")
        #expect(describe(table.receive(reply("ssubscribe", room, .integer(1)))) == "confirm ann")
    }

    @Test func `a refused channel is wanted no longer`() {
        var table = Subscriptions<String>()
        _ = table.connect()
        _ = table.subscribe(room, "ann")
        #expect(describe(table.receive(.error("NOPERM no"))) == "refuse ann: NOPERM no")
        #expect(table.count == 0)
    }

    @Test func `a pong is recognised with and without channels`() {
        var table = Subscriptions<String>()
        _ = table.connect()
        _ = table.ping()
        _ = table.ping()
        #expect(describe(table.receive(string("PONG"))) == "nothing")
        #expect(describe(table.receive(.array([string("pong"), string("")]))) == "nothing")
    }

    @Test(
        arguments: [
            .null, .integer(1), .array([]), .error("ERR x"), string("PONG"),
            .array([.integer(1), .null, .null]),
            .array([string("ssubscribe"), string("{room}:out"), .integer(1)]),
            .array([string("message"), string("{room}:out"), string("x")]),
        ] as [RESPValue]
    )
    func `what is not owed closes the connection`(reply: RESPValue) {
        var table = Subscriptions<String>()
        _ = table.connect()
        #expect(describe(table.receive(reply)) == "close")
    }
}
