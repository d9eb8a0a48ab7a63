import NIOCore
import Testing

@testable import LoadTest

@Suite struct FrameReaderTests {
    /// A frame as a server sends it.
    private func frame(_ opcode: UInt8, _ text: String, isFinal: Bool = true) -> ByteBuffer {
        var frame = ByteBuffer(bytes: [(isFinal ? 0x80 : 0) | opcode])
        let length = text.utf8.count
        if length <= 125 {
            frame.writeInteger(UInt8(length))
        } else if length <= 0xFFFF {
            frame.writeInteger(126 as UInt8)
            frame.writeInteger(UInt16(length))
        } else {
            frame.writeInteger(127 as UInt8)
            frame.writeInteger(UInt64(length))
        }
        frame.writeString(text)
        return frame
    }

    @Test(arguments: [0, 1, 125, 126, 300, 65_535, 65_536, 70_000])
    func `a frame is read whatever its length`(length: Int) throws {
        var reader = FrameReader()
        let text = String(repeating: "x", count: length)
        reader.feed(frame(0x1, text))
        #expect(try reader.next() == .text(ByteBuffer(string: text)))
        #expect(try reader.next() == nil)
    }

    @Test func `frames are found wherever the network cut them`() throws {
        var all = frame(0x1, String(repeating: "a", count: 130))
        all.writeImmutableBuffer(frame(0x9, "ping"))
        all.writeImmutableBuffer(frame(0x1, ""))
        for cut in 0...all.readableBytes {
            var reader = FrameReader()
            var found: [FrameReader.Frame] = []
            var rest = all
            for part in [rest.readSlice(length: cut), rest] {
                guard let part, part.readableBytes > 0 else { continue }
                reader.feed(part)
                while let frame = try reader.next() { found.append(frame) }
            }
            #expect(
                found == [
                    .text(ByteBuffer(string: String(repeating: "a", count: 130))),
                    .ping(ByteBuffer(string: "ping")), .text(ByteBuffer()),
                ],
                "cut at \(cut)"
            )
        }
    }

    @Test func `a message in parts is one`() throws {
        var reader = FrameReader()
        reader.feed(frame(0x1, "he", isFinal: false))
        reader.feed(frame(0x9, ""))
        reader.feed(frame(0x0, "llo"))
        #expect(try reader.next() == .ignored)
        #expect(try reader.next() == .ping(ByteBuffer()))
        #expect(try reader.next() == .text(ByteBuffer(string: "hello")))
    }

    @Test(
        arguments: [
            [0x81, 0x81, 0, 0, 0, 0, 0], [0xC1, 0x00], [0x83, 0x00],
            [0x81, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        ] as [[UInt8]]
    )
    func `what no server may send is refused`(bytes: [UInt8]) {
        var reader = FrameReader()
        reader.feed(ByteBuffer(bytes: bytes))
        #expect(throws: FrameReader.Malformed.self) { try reader.next() }
    }
}

@Suite struct ClientFrameTests {
    @Test(arguments: [0, 1, 3, 4, 125, 126, 65_535, 65_536])
    func `the mask taken off leaves what was sent`(length: Int) {
        let payload = ByteBuffer(bytes: (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7) })
        var frame = ByteBuffer()
        ClientFrame.append(.text, payload, mask: 0xDEAD_BEEF, to: &frame)
        #expect(frame.readInteger(as: UInt8.self) == 0x81)
        let short = frame.readInteger(as: UInt8.self) ?? 0
        #expect(short & 0x80 != 0)
        let announced: Int? =
            switch short & 0x7F {
            case 126: frame.readInteger(as: UInt16.self).map(Int.init)
            case 127: frame.readInteger(as: UInt64.self).map(Int.init)
            default: Int(short & 0x7F)
            }
        #expect(announced == length)
        let key = frame.readBytes(length: 4) ?? []
        #expect(key == [0xDE, 0xAD, 0xBE, 0xEF])
        let unmasked = frame.readableBytesView.enumerated().map { $1 ^ key[$0 % 4] }
        #expect(unmasked == Array(payload.readableBytesView))
    }
    @Test func `a frame behind another one leaves that as it is`() {
        var first = ByteBuffer()
        ClientFrame.append(.text, ByteBuffer(string: "first"), mask: 7, to: &first)
        var both = first
        ClientFrame.append(.close, ByteBuffer(string: "second"), mask: 8, to: &both)
        #expect(both.readSlice(length: first.readableBytes) == first)
        #expect(both.readInteger(as: UInt16.self) == 0x8886)
    }
}
