import JSONText
import NIOCore
import NIOWebSocket
import SocketIO

@testable import SocketIOServer

/// The text form of a packet of Engine.IO.
@Sendable func fuzzEnginePacket(_ bytes: UnsafeRawBufferPointer) throws {
    let packet = try EnginePacket(text: ByteBuffer(bytes: bytes))
    var written = ByteBuffer()
    packet.write(into: &written)
    try law(try must("packet") { try EnginePacket(text: written) } == packet, "read otherwise")
}

/// A payload is read, written and read alike, binary included.
@Sendable func fuzzEnginePayload(_ bytes: UnsafeRawBufferPointer) throws {
    let packets = try readPackets(of: ByteBuffer(bytes: bytes))
    try law(packets.count <= bytes.count + 1, "more packets than bytes")
    let parts = packets.map { Array(PreparedPacket($0).part.readableBytesView) }
    let written = ByteBuffer(bytes: parts.joined(separator: [EnginePayload.separator]))
    try law(written.readableBytes <= bytes.count, "written longer than it came")
    let again = try must("written payload") { try readPackets(of: written) }
    try law(again == packets, "read otherwise")
}

private func readPackets(of bytes: ByteBuffer) throws -> [EnginePacket] {
    var payload = EnginePayload(bytes)
    var packets: [EnginePacket] = []
    while let packet = try payload.next() { packets.append(packet) }
    return packets
}

/// A query says the same after it is written with what was understood of it.
@Sendable func fuzzEngineRequest(_ bytes: UnsafeRawBufferPointer) throws {
    let request = EngineRequest(target: bytes.text)
    let named = [("EIO", request.version), ("transport", request.transport), ("sid", request.sid)]
    let query = named.compactMap { name, value in value.map { "\(name)=\($0)" } }
        .joined(separator: "&")
    try law(EngineRequest(query: query) == request, "another request")
}

/// A packet of Socket.IO is read, written and read alike; the arguments of its event are JSON.
@Sendable func fuzzSocketPacket(_ bytes: UnsafeRawBufferPointer) throws {
    let packet = try SocketPacket(text: ByteBuffer(bytes: bytes))
    let written = packet.encoded()
    let again = try must("written packet") { try SocketPacket(text: written) }
    try law(again == packet, "read otherwise")
    let event = try SocketEvent(packet)
    let sent = PreparedPacket.event(
        event.name,
        argumentsJSON: event.arguments,
        namespace: packet.namespace
    )
    guard case .text(let text) = try must("sent packet", { try EnginePacket(text: sent.part) })
    else { throw BrokenLaw(description: "sent as something else") }
    let received = try must("sent event") { try SocketEvent(try SocketPacket(text: text)) }
    try law(received.name == event.name, "another name")
    try law(isSameJSON(received.arguments, event.arguments), "other arguments")
}

private func isSameJSON(_ left: ByteBuffer, _ right: ByteBuffer) -> Bool {
    left.readableBytesView.elementsEqual(right.readableBytesView)
}

/// Frames cut from the bytes: flags and opcode, a length, so many bytes of data.
///
/// A naive model puts the same messages together.
@Sendable func fuzzWebSocket(_ bytes: UnsafeRawBufferPointer) throws {
    let messageBytesMax = 64
    var assembler = WebSocketAssembler(messageBytesMax: messageBytesMax)
    var rest = ByteBuffer(bytes: bytes)
    var message: [UInt8] = []
    while let flags = rest.readInteger(as: UInt8.self),
        let length = rest.readInteger(as: UInt8.self),
        let data = rest.readSlice(length: min(Int(length), rest.readableBytes))
    {
        let opcode = WebSocketOpcode(encodedWebSocketOpcode: flags & 0xF)
        guard let opcode else { continue }
        let frame = WebSocketFrame(
            fin: flags & 0x80 != 0,
            rsv1: flags & 0x40 != 0,
            opcode: opcode,
            maskKey: flags & 0x20 != 0 ? nil : [0, 0, 0, 0],
            data: data
        )
        if opcode == .text || opcode == .binary { message = [] }
        if [.text, .binary, .continuation].contains(opcode) { message += data.readableBytesView }
        switch assembler.received(frame) {
        case .text(let text):
            try law(Array(text.readableBytesView) == message, "another message")
            try law(String(validating: message, as: UTF8.self) != nil, "no UTF-8")
            try law(message.count <= messageBytesMax, "too long")
        case .binary(let binary):
            try law(Array(binary.readableBytesView) == message, "another message")
            try law(message.count <= messageBytesMax, "too long")
        case .pong(let pong): try law(pong == data, "another pong")
        case .closed, .fail: return
        default: break
        }
    }
}
