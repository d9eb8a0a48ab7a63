import COpenSSL

/// HMAC-SHA-256 of `message` under `key`, 32 bytes (RFC 2104).
package func hmacSHA256(key: [UInt8], message: [UInt8]) -> [UInt8] {
    digest(byteCount: 32) { out in
        viva_hmac_sha256(key, key.count, message, message.count, out)
    }
}

/// SHA-1 of `message`, 20 bytes: for things that are named by it elsewhere, never for security.
package func sha1(_ message: [UInt8]) -> [UInt8] {
    digest(byteCount: 20) { out in viva_sha1(message, message.count, out) }
}

/// Bytes fit for secrets.
package func randomBytes(_ count: Int) -> [UInt8] {
    digest(byteCount: count) { out in viva_random_bytes(out, count) }
}

/// Whether both are equal, in a time that tells nothing of where they differ.
///
/// The length is not hidden: it is known of everything compared here.
package func equalInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && viva_equal_in_constant_time(left, right, left.count) != 0
}

/// Lower-case hexadecimal digits.
package func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}

/// OpenSSL fails here only where the process cannot go on either: without memory or randomness.
private func digest(
    byteCount: Int,
    _ fill: (UnsafeMutablePointer<UInt8>?) -> Int32
) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
        precondition(fill(buffer.baseAddress) == 0, "OpenSSL could not hash")
        count = byteCount
    }
}
