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

/// Base 64 with the URL alphabet and without padding (RFC 4648, section 5).
package func base64URL(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var text: [UInt8] = []
    var pending: UInt32 = 0
    var bits: UInt32 = 0
    for byte in bytes {
        pending = pending << 8 | UInt32(byte)
        bits += 8
        while bits >= 6 {
            bits -= 6
            text.append(alphabet[Int(pending >> bits & 63)])
        }
    }
    if bits > 0 { text.append(alphabet[Int(pending << (6 - bits) & 63)]) }
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
