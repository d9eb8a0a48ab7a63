import Foundation
import NIOCore
import SocketIO
import Testing

/// What the official parser makes of payloads, in `Tests/Data/engineio-payloads.jsonl`.
@Suite struct EnginePayloadTests {
    @Test func `payloads are read and written as the official parser does`() throws {
        for line in try testData("engineio-payloads.jsonl") where line["kind"] == "payload" {
            let wire = ByteBuffer(string: try #require(line["wire"].string))
            let packets = try line["packets"].array.map(EnginePacket.init)
            #expect(try decode(wire) == packets, "\(line)")
            let parts = packets.map { String(buffer: PreparedPacket($0).part) }
            #expect(parts.joined(separator: "\u{1E}") == String(buffer: wire), "\(line)")
        }
    }

    @Test func `a malformed packet condemns its payload`() throws {
        for line in try testData("engineio-payloads.jsonl") where line["kind"] == "decode-payload" {
            let wire = ByteBuffer(string: try #require(line["wire"].string))
            let packets = line["packets"].array
            // The official parser reads base64 that is none as no bytes; a refusal is right too.
            if line["wire"] == "b!!!!" || packets.contains(where: { $0["type"] == "error" }) {
                #expect(throws: EngineError.malformedPacket, "\(line)") {
                    try decode(wire)
                }
            } else {
                #expect(try decode(wire) == packets.map(EnginePacket.init), "\(line)")
            }
        }
    }

    private func decode(_ wire: ByteBuffer) throws -> [EnginePacket] {
        var payload = EnginePayload(wire)
        var packets: [EnginePacket] = []
        while let packet = try payload.next() { packets.append(packet) }
        return packets
    }

    @Test(arguments: ["", "f", "fo", "foo", "foob", "fooba", "foobar"])
    func `base64 agrees with Foundation's`(text: String) {
        let encoded = Data(text.utf8).base64EncodedString()
        let bytes = ByteBuffer(string: text)
        #expect(String(buffer: Base64.encode(bytes.readableBytesView)) == encoded)
        #expect(Base64.decode(ByteBuffer(string: encoded).readableBytesView) == bytes)
    }

    @Test func `base64 of any bytes agrees with Foundation's`() {
        for length in 0..<300 {
            let data = Data((0..<length).map { UInt8(truncatingIfNeeded: $0 * 151 + length * 7) })
            let bytes = ByteBuffer(bytes: data)
            let text = Base64.encode(bytes.readableBytesView)
            #expect(String(buffer: text) == data.base64EncodedString())
            #expect(Base64.decode(text.readableBytesView) == bytes)
        }
    }

    @Test(arguments: ["Z", "Zg", "Zg=", "=Zg=", "Zg==Zg==", "Z===", "Zm9v Zg=", "Zm-v"])
    func `what is not base64 is refused`(text: String) {
        #expect(Base64.decode(ByteBuffer(string: text).readableBytesView) == nil)
    }
}

extension EnginePacket {
    /// From the form of the test data.
    init(_ description: JSON) throws {
        let data = description["data"]
        let text = ByteBuffer(string: data.string ?? "")
        switch description["type"].string {
        case "open": self = .open(text)
        case "close": self = .close
        case "ping": self = .ping(text)
        case "pong": self = .pong(text)
        case "message": self = data.bytes.map { .binary($0) } ?? .text(text)
        case "upgrade": self = .upgrade
        case "noop": self = .noop
        default: throw EngineError.malformedPacket
        }
    }
}
