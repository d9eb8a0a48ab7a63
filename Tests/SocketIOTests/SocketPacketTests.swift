import Foundation
import NIOCore
import SocketIO
import Testing

/// What the official parser makes of packets, in `Tests/Data/socketio-packets.jsonl`.
@Suite struct SocketPacketTests {
    private static let eventType = 2
    private static let acknowledgementType = 3

    @Test func `packets are read and written as the official encoder writes them`() throws {
        for line in try testData("socketio-packets.jsonl") where line["kind"] == "encode" {
            let wire = ByteBuffer(string: try #require(line["wire"].string))
            let packet = try SocketPacket(text: wire)
            #expect(packet.encoded() == wire, "\(line)")
            try check(packet, is: line["packet"], attachments: line["attachments"].array.count)
        }
    }

    @Test func `packets are accepted and refused as by the official decoder`() throws {
        // Its quirks: a packet of nothing, events without a name, a count without digits.
        let quirks: Set<String> = ["", "2", "51-", "5-[\"a\"]"]
        for line in try testData("socketio-packets.jsonl") where line["kind"] == "decode" {
            let wire = try #require(line["wire"].string)
            if line["result"] == "error" || quirks.contains(wire) {
                #expect(throws: EngineError.malformedSocketPacket, "\(line)") {
                    try decodeFully(wire)
                }
            } else if line["result"] == "packet" {
                try check(decodeFully(wire), is: line["packet"], attachments: 0)
            } else {
                #expect(try decodeFully(wire).attachments > 0, "\(line)")
            }
        }
    }

    @Test func `attachments are put together as by the official decoder`() throws {
        let sequences = try testData("socketio-packets.jsonl")
            .filter { $0["kind"] == "decode-sequence" }
        #expect(sequences.count == 5)
        for line in sequences {
            let first = EngineMessage.text(ByteBuffer(string: try #require(line["wire"].string)))
            let actions = receive([first] + line["then"].array.map(EngineMessage.init))
            let delivered = actions.compactMap { action in
                if case .deliver(let event, _) = action { event } else { nil }
            }
            #expect(delivered.isEmpty == (line["packet"] == .null), "\(line)")
            #expect((actions.last == .close(.malformed)) == (line["result"] == "error"), "\(line)")
            for event in delivered {
                #expect(try event.reassembled() == line["packet"]["data"], "\(line)")
            }
        }
    }

    /// What becomes of messages to a namespace that was entered.
    private func receive(_ messages: [EngineMessage]) -> [SocketState.Action] {
        var state = SocketState(offering: ["/"], limits: EngineLimits(), now: 0)
        _ = state.received(.text(ByteBuffer(string: "0")), now: 0)
        _ = state.accepted("/")
        return messages.map { state.received($0, now: 0) }
    }

    @Test(arguments: [
        "[\"a\",{\"_placeholder\":true,\"num\":0.5}]", "[\"a\",{\"num\":1,\"_placeholder\":true}]",
        "[\"a\",[{\"b\":{\"_placeholder\":true,\"num\":\"0\"}}]]",
    ])
    func `a placeholder for nothing that comes is refused`(data: String) {
        let actions = receive([.text(ByteBuffer(string: "51-" + data))])
        #expect(actions == [.close(.malformed)])
    }

    @Test(arguments: [
        "[\"a\",{\"num\":1.5}]", "[\"a\",{\"_placeholder\":false,\"num\":7}]",
        "[\"a\",{\"_placeholder\":1,\"num\":7}]",
        "[\"a\",{\"num\":0,\"x\":[],\"_placeholder\":true}]",
    ])
    func `what only looks like a placeholder is data`(data: String) {
        #expect(receive([.text(ByteBuffer(string: "51-" + data))]) == [.nothing])
    }

    @Test(arguments: ["0{}x", "2[\"a\"]]", "2[\"a\" 1]", "2[\"a\",]", "2[", "2[]", "30", "2/a"])
    func `data that is not what its kind asks for is refused`(wire: String) {
        #expect(throws: EngineError.malformedSocketPacket) { try decodeFully(wire) }
    }

    @Test func `an acknowledgement number of endless digits is refused`() {
        let digits = String(repeating: "9", count: 400)
        #expect(throws: EngineError.malformedSocketPacket) { try decodeFully("2\(digits)[\"a\"]") }
    }

    @Test func `data nested without end is refused`() {
        let brackets = String(repeating: "[", count: 100_000)
        #expect(throws: EngineError.malformedSocketPacket) { try decodeFully("2\(brackets)") }
    }

    @Test(arguments: [
        ("[\"a\"]", "a", ""), ("[\"a\",1]", "a", "1"), ("[ \"a\" , {\"b\":[2]} , null ]", "a", nil),
        ("[\"é\\n\",\"]\"]", "é\n", "\"]\""), ("[\"a\",\"\\ud800\"]", "a", "\"\\ud800\""),
    ])
    func `the name is split off and the arguments stay bytes`(
        array: String,
        name: String,
        arguments: String?
    ) throws {
        let event = try SocketEvent(SocketPacket(text: ByteBuffer(string: "27" + array)))
        #expect(event.name == name)
        #expect(event.acknowledgementID == 7)
        if let arguments { #expect(String(buffer: event.arguments) == arguments) }
    }

    /// An event's name is checked when it is split off.
    @discardableResult
    private func decodeFully(_ wire: String) throws -> SocketPacket {
        let packet = try SocketPacket(text: ByteBuffer(string: wire))
        if packet.kind == .event { _ = try SocketEvent(packet) }
        return packet
    }

    private func check(
        _ packet: SocketPacket,
        is expected: JSON,
        attachments: Int
    ) throws {
        #expect(packet.namespace == expected["nsp"].string)
        #expect(packet.acknowledgementID == expected["id"].integer)
        #expect(packet.attachments == attachments)
        let type = try #require(expected["type"].integer)
        switch packet.kind {
        case .binaryEvent: #expect(type == Self.eventType || type == 5)
        case .binaryAcknowledgement: #expect(type == Self.acknowledgementType || type == 6)
        default:
            #expect(Int(packet.kind.rawValue) == 0x30 + type)
            // A number beyond a double is none for the judge.
            if let data = packet.data, let json = try? JSON(text: String(buffer: data)) {
                #expect(json == expected["data"])
            }
        }
    }
}

extension EngineMessage {
    /// From the form of the test data.
    init(_ description: JSON) {
        self =
            description.bytes.map { .binary($0) }
            ?? .text(ByteBuffer(string: description.string ?? ""))
    }
}

extension SocketEvent {
    /// The whole array, with each attachment in the place of its placeholder.
    func reassembled() throws -> JSON {
        let name = JSON.string(name)
        let arguments = try JSON(text: "[\(String(buffer: arguments))]")
        return .array([name] + arguments.array.map(filled))
    }

    private func filled(_ value: JSON) -> JSON {
        switch value {
        case .array(let elements): return .array(elements.map(filled))
        case .object(let members):
            guard members["_placeholder"] == .bool(true), let number = members["num"]?.integer
            else {
                return .object(members.mapValues(filled))
            }
            let bytes = Data(attachments[number].readableBytesView)
            return .object(["$bin": .string(bytes.base64EncodedString())])
        default: return value
        }
    }
}
