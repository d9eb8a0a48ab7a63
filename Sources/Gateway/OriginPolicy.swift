/// Which web pages may open a socket here: those of the origins that the deployment is configured with.
///
/// A browser tells the truth about the page that connects, and does not ask first for a WebSocket.
/// A client that is no browser says nothing, and needs none of this: it holds no user's browser.
package struct OriginPolicy: Sendable {
    private let configured: [WebOrigin]

    /// Takes URLs, of which only scheme, host and port count.
    package init(publicURL: String, further: [String] = []) {
        configured = ([publicURL] + further).compactMap(WebOrigin.init(url:))
    }

    /// Whether a text names a scheme, a host and perhaps a port, and nothing else.
    package static func isOrigin(_ text: String) -> Bool { WebOrigin(header: text) != nil }

    /// Both as the request's headers have them.
    package func allows(origin: String?, host: String?) -> Bool {
        guard let origin else { return true }
        // A page of no origin, as from a sandbox, says "null".
        guard let page = WebOrigin(header: origin) else { return false }
        return configured.contains(page) || isOfThisAddress(page, host)
    }

    /// Whether a page came from the very address that it connects to.
    ///
    /// Believed of an address and of `localhost` alone: any other name in `Host` is somebody's to
    /// point here, who then has a page of that name in a browser that reaches us (DNS rebinding).
    private func isOfThisAddress(_ page: WebOrigin, _ host: String?) -> Bool {
        guard let host, page.isAddress else { return false }
        return WebOrigin(scheme: page.scheme, authority: host) == page
    }
}

/// A scheme, a host and a port, in one form for each origin.
private struct WebOrigin: Equatable {
    let scheme: Substring
    private let host: String
    private let port: Int

    /// The origin of a URL; nil where it is not one of the web.
    init?(url: String) {
        guard let (scheme, rest) = Self.split(url) else { return nil }
        self.init(scheme: scheme, authority: rest.prefix { !"/?#".contains($0) })
    }

    /// What an `Origin` header names (RFC 6454, section 7): nothing may stand behind the port.
    init?(header: String) {
        guard let (scheme, authority) = Self.split(header) else { return nil }
        self.init(scheme: scheme, authority: authority)
    }

    /// Only characters of a host in ASCII pass: no user's name, no path, no letter that looks like another.
    init?(scheme: Substring, authority: some StringProtocol) {
        guard
            let match = String(authority).asciiLowercased?.wholeMatch(
                of: /([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?/
            )
        else { return nil }
        self.scheme = scheme
        host = String(match.1)
        port = match.2.flatMap { Int($0) } ?? (scheme == "https" ? 443 : 80)
    }

    var isAddress: Bool {
        host == "localhost" || host.hasPrefix("[")
            || host.wholeMatch(of: /(\d{1,3}\.){3}\d{1,3}/) != nil
    }

    private static func split(_ url: String) -> (scheme: Substring, rest: Substring)? {
        for scheme in ["https", "http"] {
            let start = url.prefix(scheme.count + 3)
            guard start.lowercased() == scheme + "://" else { continue }
            return (Substring(scheme), url.dropFirst(start.count))
        }
        return nil
    }
}

extension String {
    /// In lower case; nil where a character is not of ASCII, as some of those have a lower case that is.
    fileprivate var asciiLowercased: String? {
        utf8.allSatisfy { $0 < 0x80 } ? lowercased() : nil
    }
}
