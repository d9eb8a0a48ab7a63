import NIOCore
import SocketIO
import Testing

@Suite struct PreparedPacketTests {
    @Test func `an event is its packet, and that in a frame`() {
        let packet = PreparedPacket.event(
            "commits",
            argumentsJSON: ByteBuffer(string: "[{\"a\":1}]")
        )
        let text = "42[\"commits\",[{\"a\":1}]]"
        #expect(packet.part == ByteBuffer(string: text))
        #expect(
            packet.frame == ByteBuffer(bytes: [0x81, UInt8(text.utf8.count)] + Array(text.utf8))
        )
    }

    @Test func `an event of another namespace names it`() {
        let packet = PreparedPacket.event("a", argumentsJSON: ByteBuffer(), namespace: "/custom")
        #expect(packet.part == ByteBuffer(string: "42/custom,[\"a\"]"))
    }

    @Test func `a name is escaped`() {
        let packet = PreparedPacket.event("a\"b", argumentsJSON: ByteBuffer())
        #expect(packet.part == ByteBuffer(string: "42[\"a\\\"b\"]"))
    }

    @Test(arguments: [
        (125, [0x81, 125]), (126, [0x81, 126, 0, 126]), (65535, [0x81, 126, 0xFF, 0xFF]),
        (65536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]),
    ])
    func `the frame's header has the shortest form`(length: Int, header: [UInt8]) {
        let message = ByteBuffer(repeating: 0x61, count: length - 1)
        let packet = PreparedPacket(EnginePacket.text(message))
        #expect(Array(packet.frame.readableBytesView.prefix(header.count)) == header)
        #expect(packet.frame.readableBytes == header.count + length)
        #expect(packet.part.readableBytes == length)
    }

    @Test func `binary is a frame of its own, and base64 in a payload`() {
        let packet = PreparedPacket(EnginePacket.binary(ByteBuffer(bytes: [1, 2, 3, 4])))
        #expect(packet.frame == ByteBuffer(bytes: [0x82, 4, 1, 2, 3, 4]))
        #expect(packet.part == ByteBuffer(string: "bAQIDBA=="))
    }

    @Test func `attachments follow their packet`() {
        let packet = PreparedPacket(
            SocketPacket(.binaryEvent, attachments: 1, data: ByteBuffer(string: "[\"a\"]")),
            attachments: [ByteBuffer(bytes: [7])]
        )
        #expect(packet.part == ByteBuffer(string: "451-[\"a\"]"))
        #expect(packet.attachments.map(\.frame) == [ByteBuffer(bytes: [0x82, 1, 7])])
        #expect(packet.withoutAttachments.attachments.isEmpty)
    }
}
