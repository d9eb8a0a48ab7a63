/// Which web pages may open a socket here: those of this host, and those of the public URL.
///
/// A browser tells the truth about the page that connects, and does not ask first for a WebSocket.
/// A client that is no browser says nothing, and needs none of this: it holds no user's browser.
package struct OriginPolicy: Sendable {
    private let publicOrigin: WebOrigin?

    package init(publicURL: String) {
        publicOrigin = WebOrigin(publicURL)
    }

    /// Both as the request's headers have them.
    package func allows(origin: String?, host: String?) -> Bool {
        guard let origin else { return true }
        // A page of no origin, as from a sandbox, says "null".
        guard let page = WebOrigin(origin) else { return false }
        return page == publicOrigin || page.authority == host.map(page.authority(ofHost:))
    }
}

/// A scheme and an authority, `https://viva.example:8443`, in one form for each origin.
private struct WebOrigin: Equatable {
    let scheme: String
    let authority: String

    /// Takes the origin of a URL; nil where it is not one of the web.
    init?(_ url: String) {
        guard let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://") else {
            return nil
        }
        let scheme = url[..<colon].lowercased()
        let authority = url[colon...].dropFirst(3).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard ["http", "https"].contains(scheme), !authority.isEmpty else { return nil }
        self.scheme = scheme
        self.authority = Self.authority(authority, scheme: scheme)
    }

    /// A `Host` header names no scheme: whoever stands before us may have taken TLS off.
    func authority(ofHost host: String) -> String {
        Self.authority(host, scheme: scheme)
    }

    /// In lower case and without the port that the scheme implies.
    private static func authority(_ text: some StringProtocol, scheme: String) -> String {
        let implied = scheme == "https" ? ":443" : ":80"
        let authority = text.lowercased()
        return authority.hasSuffix(implied)
            ? String(authority.dropLast(implied.count)) : authority
    }
}
