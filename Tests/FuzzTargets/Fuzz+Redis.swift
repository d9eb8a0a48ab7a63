import NIOCore
import Redis

/// However the bytes are cut, the replies are the same, and so is the end.
@Sendable func fuzzRedisReply(_ bytes: UnsafeRawBufferPointer) throws {
    guard bytes.count <= 4_096 else { return }
    let whole = read([ByteBuffer(bytes: bytes)])
    let single = read(bytes.map { ByteBuffer(bytes: CollectionOfOne($0)) })
    try law(single.values == whole.values, "byte by byte there are other replies")
    try law(single.failed == whole.failed, "byte by byte it fails otherwise")
    // The first bytes say where to cut.
    let cuts = bytes.prefix(8).map { Int($0) % (bytes.count + 1) }
    for cut in cuts {
        let parts = [bytes[..<cut], bytes[cut...]].map { ByteBuffer(bytes: $0) }
        let halves = read(parts)
        try law(halves.values == whole.values, "cut at \(cut) there are other replies")
        try law(halves.failed == whole.failed, "cut at \(cut) it fails otherwise")
    }
}

private func read(_ pieces: [ByteBuffer]) -> (values: [RESPValue], failed: Bool) {
    var limits = ReplyLimits()
    limits.bytesMax = 512
    limits.elementsMax = 64
    let reader = RESPReader(limits: limits)
    var values: [RESPValue] = []
    do {
        for piece in pieces {
            try reader.feed(piece)
            while let value = try reader.next() { values.append(value) }
        }
        return (values, false)
    } catch { return (values, true) }
}

/// A URL that is taken names a host, a port and a database that can be connected to.
@Sendable func fuzzRedisURL(_ bytes: UnsafeRawBufferPointer) throws {
    let url = try RedisURL(bytes.text)
    try law(!url.host.isEmpty, "no host")
    try law(!url.host.contains { $0.isWhitespace || $0 == "/" || $0 == "@" }, "odd host")
    try law((1...65_535).contains(url.port), "port \(url.port)")
    try law((0...999_999_999).contains(url.database), "database \(url.database)")
    try law(url.user == nil || url.password != nil, "user without a password")
}
