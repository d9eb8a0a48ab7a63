import NIOHTTP1

/// What every answer, a refusal too, says about how a browser may use it.
///
/// Just what nginx.conf says in front of it. Strict-Transport-Security is for whoever ends TLS.
package enum SecurityHeaders {
    package static let all = [
        (name: "X-Content-Type-Options", value: "nosniff"),
        (name: "Referrer-Policy", value: "no-referrer"),
        (name: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=()"),
        (name: "Cross-Origin-Opener-Policy", value: "same-origin"),
        (name: "Cross-Origin-Resource-Policy", value: "same-origin"),
    ]

    /// Content-Security-Policy of whatever is no page.
    package static let policy = "default-src 'none'; frame-ancestors 'none'"
}

extension HTTPHeaders {
    mutating func addSecurity() {
        for (name, value) in SecurityHeaders.all { add(name: name, value: value) }
        add(name: "Content-Security-Policy", value: SecurityHeaders.policy)
    }
}
