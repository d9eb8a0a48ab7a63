import JSONText
import NIOCore
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

/// What a client sends means the same whichever way the network cut it.
@Sendable func fuzzWebSocket(_ bytes: UnsafeRawBufferPointer) throws {
    let messageBytesMax = 64
    let whole = webSocketEvents([ByteBuffer(bytes: bytes)], messageBytesMax)
    let single = webSocketEvents(bytes.map { ByteBuffer(bytes: [$0]) }, messageBytesMax)
    try law(whole == single, "read otherwise when cut")
    for (index, event) in whole.enumerated() {
        switch event {
        case .text(let text):
            let read = String(validating: text.readableBytesView, as: UTF8.self)
            try law(read != nil, "no UTF-8")
            try law(text.readableBytes <= messageBytesMax, "too long")
        case .binary(let bytes): try law(bytes.readableBytes <= messageBytesMax, "too long")
        case .ping(let data), .closed(let data): try law(data.readableBytes <= 125, "too long")
        case .failed(let failure):
            try law(index == whole.count - 1, "something followed a failure")
            try law(failure.sentence.utf8.count <= 123, "too long for a close frame")
        }
    }
}

private func webSocketEvents(_ pieces: [ByteBuffer], _ bytesMax: Int) -> [WebSocketReader.Event] {
    var reader = WebSocketReader(messageBytesMax: bytesMax)
    return pieces.flatMap { piece in
        reader.feed(piece)
        var events: [WebSocketReader.Event] = []
        while let event = reader.next() { events.append(event) }
        return events
    }
}
