import NIOCore

#if canImport(Glibc)
    import Glibc
#endif

/// The bytes of one JSON value, compared without a copy.
struct JSONBytes {
    let buffer: ByteBuffer

    func elementsEqual(_ bytes: [UInt8]) -> Bool {
        guard buffer.readableBytes == bytes.count else { return false }
        return buffer.withUnsafeReadableBytes { own in
            bytes.withUnsafeBytes { other in
                own.isEmpty || memcmp(own.baseAddress, other.baseAddress, own.count) == 0
            }
        }
    }
}
