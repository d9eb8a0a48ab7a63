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
