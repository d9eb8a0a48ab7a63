/// Where a deployment, or one of its gateways, is reached: `https://viva.example`, `http://127.0.0.1:8081`.
package struct TargetURL: Equatable, Sendable {
    package let isTLS: Bool
    package let host: String
    package let port: Int

    package struct Malformed: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    package init(_ text: String) throws(Malformed) {
        guard let scheme = text.firstRange(of: "://") else {
            throw Malformed(
                description: "\"\(text)\" is no URL: write http://host:port or https://host"
            )
        }
        switch text[..<scheme.lowerBound].lowercased() {
        case "http", "ws": isTLS = false
        case "https", "wss": isTLS = true
        default:
            throw Malformed(description: "\"\(text)\": only http, https, ws and wss can be spoken")
        }
        var authority = text[scheme.upperBound...]
        if authority.hasSuffix("/") { authority.removeLast() }
        guard !authority.contains(where: { "/?#@".contains($0) }) else {
            throw Malformed(
                description: "\"\(text)\": a deployment is reached by host and port, without a path"
            )
        }
        (host, port) = try Self.split(authority, standardPort: isTLS ? 443 : 80, of: text)
    }

    /// An IPv6 address stands in brackets, as it has colons of its own.
    private static func split(
        _ authority: Substring,
        standardPort: Int,
        of text: String
    ) throws(Malformed) -> (String, Int) {
        var host = authority
        var port: Int? = standardPort
        let bracket = authority.lastIndex(of: "]") ?? authority.startIndex
        if let colon = authority[bracket...].lastIndex(of: ":") {
            host = authority[..<colon]
            port = Int(authority[authority.index(after: colon)...])
        }
        guard !host.isEmpty, let port, (1...65_535).contains(port) else {
            throw Malformed(description: "\"\(text)\" names no host, or no port from 1 to 65535")
        }
        return (host.filter { $0 != "[" && $0 != "]" }, port)
    }

    /// The `Host` header: the port only where the scheme does not imply it.
    package var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isTLS ? 443 : 80) ? name : "\(name):\(port)"
    }

    package var text: String { "\(isTLS ? "https" : "http")://\(authority)" }
}
