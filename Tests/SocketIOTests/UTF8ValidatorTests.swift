import NIOCore
import SocketIO
import TestSupport
import Testing

@Suite struct UTF8ValidatorTests {
    @Test(arguments: ["", "a", "eight888", "eight888é", "é€😀", "\u{0}\u{7F}\u{80}\u{7FF}\u{FFFF}"])
    func `text is valid`(text: String) {
        #expect(ByteBuffer(string: text).isValidUTF8)
    }

    @Test func `text may be cut anywhere, but not end there`() {
        var validator = UTF8Validator()
        for byte in "é€😀".utf8.dropLast() {
            #expect(withUnsafeBytes(of: byte) { validator.accepts($0) })
        }
        #expect(!validator.isComplete)
        #expect(withUnsafeBytes(of: UInt8(0x80)) { validator.accepts($0) } && validator.isComplete)
    }

    @Test func `random bytes are judged as by the standard library`() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<20_000 {
            // Few bytes, from those that begin, follow and end sequences.
            let alphabet: [UInt8] = [
                0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1,
                0xED, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
            ]
            let count = Int.random(in: 0...12, using: &random)
            let bytes = (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            let expected = String(validating: bytes, as: UTF8.self) != nil
            #expect(ByteBuffer(bytes: bytes).isValidUTF8 == expected, "\(bytes)")
        }
    }
}
