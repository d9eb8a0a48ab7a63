/// `redis://[user[:password]@]host[:port][/database]`, or `rediss://` for TLS.
///
/// User and password are percent-decoded, a bare `:password@` is the default user's. An IPv6 address
/// stands in brackets.
package struct RedisURL: Hashable, Sendable {
    package static let lengthMax = 1024

    package var isTLS = false
    package var user: String?
    package var password: String?
    package var host: String
    package var port = 6379
    package var database = 0

    package init(host: String) {
        self.host = host
    }

    package init(_ text: String) throws(RedisError) {
        guard text.utf8.count <= Self.lengthMax else { throw .invalidURL("too long") }
        self.init(host: "")
        var rest = text[...]
        isTLS = try Self.takeScheme(&rest)
        if let slash = rest.firstIndex(of: "/") {
            database = try Self.database(rest[rest.index(after: slash)...])
            rest = rest[..<slash]
        }
        if let at = rest.lastIndex(of: "@") {
            (user, password) = try Self.credentials(rest[..<at])
            rest = rest[rest.index(after: at)...]
        }
        (host, port) = try Self.address(rest)
    }

    // MARK: Parts, from left to right

    private static func takeScheme(_ rest: inout Substring) throws(RedisError) -> Bool {
        for (scheme, isTLS) in [("redis://", false), ("rediss://", true)]
        where rest.hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
            return isTLS
        }
        throw .invalidURL("must begin with redis:// or rediss://")
    }

    private static func credentials(
        _ text: Substring
    ) throws(RedisError) -> (user: String?, password: String?) {
        guard let colon = text.firstIndex(of: ":") else {
            throw .invalidURL("user without a password")
        }
        let user = try percentDecoded(text[..<colon])
        let password = try percentDecoded(text[text.index(after: colon)...])
        guard !password.isEmpty else {
            guard user.isEmpty else { throw .invalidURL("user without a password") }
            return (nil, nil)
        }
        return (user.isEmpty ? nil : user, password)
    }

    private static func address(_ text: Substring) throws(RedisError) -> (host: String, port: Int) {
        let host: Substring
        var rest: Substring
        if text.hasPrefix("[") {
            guard let bracket = text.firstIndex(of: "]") else {
                throw .invalidURL("no ] after an IPv6 address")
            }
            host = text[text.index(after: text.startIndex)..<bracket]
            rest = text[text.index(after: bracket)...]
        } else {
            host = text.prefix { $0 != ":" }
            rest = text[host.endIndex...]
        }
        guard !host.isEmpty else { throw .invalidURL("no host") }
        guard host.utf8.allSatisfy(isHostByte) else { throw .invalidURL("not a host name") }
        guard let colon = rest.popFirst() else { return (String(host), 6379) }
        guard colon == ":", let port = decimal(rest), (1...65_535).contains(port) else {
            throw .invalidURL("port is not a number from 1 to 65535")
        }
        return (String(host), port)
    }

    private static func database(_ text: Substring) throws(RedisError) -> Int {
        if text.isEmpty { return 0 }
        guard let database = decimal(text) else {
            throw .invalidURL("database is not a number")
        }
        return database
    }

    /// Up to nine digits: `Int` would take a sign as well.
    private static func decimal(_ text: Substring) -> Int? {
        guard (1...9).contains(text.utf8.count),
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(text)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
            UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "%"):
            true
        default:
            false
        }
    }

    private static func percentDecoded(_ text: Substring) throws(RedisError) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = Substring(rest.prefix(2))
            guard digits.count == 2, digits.allSatisfy(\.isHexDigit),
                let decoded = UInt8(digits, radix: 16)
            else { throw .invalidURL("% without two hexadecimal digits") }
            bytes.append(decoded)
            rest = rest.dropFirst(2)
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw .invalidURL("user or password is not UTF-8")
        }
        return decoded
    }
}
