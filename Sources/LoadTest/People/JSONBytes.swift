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
                guard let left = own.baseAddress, let right = other.baseAddress else { return true }
                return memcmp(left, right, own.count) == 0
            }
        }
    }
}
