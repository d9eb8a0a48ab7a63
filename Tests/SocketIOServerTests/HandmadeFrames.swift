import NIOCore

// Frames of a client, by hand: what is wrong with one is said where it is made.

typealias Bytes = [UInt8]

func frame(_ firstByte: UInt8, _ text: String, mask: Bytes? = [0x12, 0x34, 0x56, 0x78])
    -> Bytes
{
    frame(firstByte, Array(text.utf8), mask: mask)
}

func frame(_ firstByte: UInt8, _ payload: Bytes, mask: Bytes? = [0x12, 0x34, 0x56, 0x78])
    -> Bytes
{
    let length: Bytes =
        switch payload.count {
        case ...125: [UInt8(payload.count)]
        case ...0xFFFF: [126] + UInt16(payload.count).bytes
        default: [127] + UInt64(payload.count).bytes
        }
    guard let mask else { return [firstByte] + length + payload }
    let masked = payload.enumerated().map { $1 ^ mask[$0 % 4] }
    return [firstByte, length[0] | 0x80] + length.dropFirst() + mask + masked
}

/// The beginning of a masked frame, up to its length.
func header(_ firstByte: UInt8, _ length: UInt8, _ more: UInt8...) -> Bytes {
    [firstByte, length | 0x80] + more
}

func fragments(_ text: String, of size: Int) -> [Bytes] {
    let all = Array(text.utf8)
    return stride(from: 0, to: all.count, by: size).map { start in
        let opcode: UInt8 = start == 0 ? 0x01 : 0x00
        let fin: UInt8 = start + size >= all.count ? 0x80 : 0
        return frame(fin | opcode, Array(all[start..<min(start + size, all.count)]))
    }
}

func halves(_ text: String) -> [Bytes] { fragments(text, of: text.utf8.count / 2 + 1) }

func bytes(_ count: Int, of byte: UInt8 = 0x78) -> Bytes {
    Bytes(repeating: byte, count: count)
}

/// An event whose packet has so many bytes.
func event(_ count: Int) -> String {
    #"42["a",""# + String(repeating: "x", count: count - 10) + #""]"#
}

func hex(_ byte: UInt8) -> String { "0x" + String(byte, radix: 16) }

extension FixedWidthInteger {
    /// In the order of the network.
    var bytes: Bytes { withUnsafeBytes(of: bigEndian) { Array($0) } }
}

extension [Bytes] {
    var joined: Bytes { flatMap { $0 } }
}

extension RawClient {
    func send(_ bytes: Bytes) async throws { try await send(ByteBuffer(bytes: bytes)) }
}
