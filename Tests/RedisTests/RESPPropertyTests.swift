import NIOCore
import TestSupport
import Testing

@testable import Redis

struct RESPPropertyTests {
    private static func value(_ random: inout SeededGenerator, depth: Int = 0) -> RESPValue {
        switch random.below(depth < 4 ? 6 : 4) {
        case 0: return .integer(Int(truncatingIfNeeded: random.next() >> UInt64(random.below(64))))
        case 1: return .null
        case 2: return .error("ERR \(random.below(1000))")
        case 3: return .string(ByteBuffer(bytes: bytes(&random)))
        default: return .array((0..<random.below(5)).map { _ in value(&random, depth: depth + 1) })
        }
    }

    /// Often short, sometimes longer than a piece of the reader's.
    private static func bytes(_ random: inout SeededGenerator) -> [UInt8] {
        let count = random.chance(percent: 2) ? random.below(40_000) : random.below(20)
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    private static func encode(_ value: RESPValue, into buffer: inout ByteBuffer) {
        switch value {
        case .null: buffer.writeString("$-1\r\n")
        case .integer(let integer): buffer.writeString(":\(integer)\r\n")
        case .error(let message): buffer.writeString("-\(message)\r\n")
        case .string(let bytes):
            buffer.writeString("$\(bytes.readableBytes)\r\n")
            buffer.writeImmutableBuffer(bytes)
            buffer.writeString("\r\n")
        case .array(let elements):
            buffer.writeString("*\(elements.count)\r\n")
            for element in elements { encode(element, into: &buffer) }
        }
    }

    @Test(arguments: seeds(100))
    func `what was encoded is read again, however it was cut`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let values = (0..<50).map { _ in Self.value(&random) }
        var wire = ByteBuffer()
        for value in values { Self.encode(value, into: &wire) }

        let reader = RESPReader()
        var read: [RESPValue] = []
        while wire.readableBytes > 0 {
            let length = min(
                wire.readableBytes,
                1 + random.below(random.chance(percent: 50) ? 8 : 5000)
            )
            guard let piece = wire.readSlice(length: length) else { break }
            try reader.feed(piece)
            while let value = try reader.next() { read.append(value) }
        }
        #expect(read == values)
    }

    @Test(arguments: seeds(300))
    func `damaged bytes give replies or an error, and never a crash`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var wire = ByteBuffer()
        for _ in 0..<10 { Self.encode(Self.value(&random), into: &wire) }
        for _ in 0...random.below(5) {
            let index = random.below(wire.readableBytes)
            wire.setInteger(UInt8.random(in: 0...255, using: &random), at: index)
        }
        let reader = RESPReader()
        let result = Result {
            try reader.feed(wire)
            while try reader.next() != nil {}
        }
        if case .failure(let error) = result { #expect(error is RedisError) }
    }
}
