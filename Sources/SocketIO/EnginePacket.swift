package import NIOCore

/// One packet of Engine.IO, version 4: what a WebSocket frame carries, or a part of a polling payload.
package enum EnginePacket: Equatable, Sendable {
    case open(ByteBuffer)
    case close
    /// Empty in a heartbeat, `probe` in an upgrade; so is `pong`.
    case ping(ByteBuffer)
    case pong(ByteBuffer)
    case text(ByteBuffer)
    case binary(ByteBuffer)
    case upgrade
    case noop
}

extension EnginePacket {
    /// Reads the text form: the digit of the type, then the data.
    ///
    /// Binary never looks like this: it is a WebSocket frame of its own or base64 in a payload.
    package init(text: ByteBuffer) throws(EngineError) {
        var data = text
        switch data.readInteger(as: UInt8.self) {
        case UInt8(ascii: "0"): self = .open(data)
        case UInt8(ascii: "1"): self = .close
        case UInt8(ascii: "2"): self = .ping(data)
        case UInt8(ascii: "3"): self = .pong(data)
        case UInt8(ascii: "4"): self = .text(data)
        case UInt8(ascii: "5"): self = .upgrade
        case UInt8(ascii: "6"): self = .noop
        default: throw .malformedPacket
        }
    }

    /// Appends the text form; binary becomes base64, as polling needs it.
    package func write(into buffer: inout ByteBuffer) {
        switch self {
        case .open(let data): buffer.write("0", data)
        case .close: buffer.writeStaticString("1")
        case .ping(let data): buffer.write("2", data)
        case .pong(let data): buffer.write("3", data)
        case .text(let data): buffer.write("4", data)
        case .binary(let data): buffer.write("b", Base64.encode(data.readableBytesView))
        case .upgrade: buffer.writeStaticString("5")
        case .noop: buffer.writeStaticString("6")
        }
    }

    package static let probe = ByteBuffer(string: "probe")
}

extension ByteBuffer {
    fileprivate mutating func write(_ type: StaticString, _ data: ByteBuffer) {
        writeStaticString(type)
        writeImmutableBuffer(data)
    }
}
