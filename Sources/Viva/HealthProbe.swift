#if canImport(Glibc)
    import Glibc
#endif

/// One GET over a plain blocking socket: a check that runs every few seconds should start nothing else.
struct HealthProbe {
    private let host: String
    private let port: String
    private let path: String

    /// Takes `http://host[:port][/path]`, an IPv6 address in brackets; nil for anything else.
    init?(_ url: String) {
        let form = /http:\/\/(?:\[([0-9a-fA-F:]+)\]|([A-Za-z0-9._-]+))(?::([0-9]{1,5}))?(\/[!-~]*)?/
        guard let parts = url.wholeMatch(of: form)?.output, let host = parts.1 ?? parts.2 else {
            return nil
        }
        self.host = String(host)
        port = String(parts.3 ?? "80")
        path = String(parts.4 ?? "/")
    }

    /// The three digits of the answer's status; nil where none came.
    func status(withinSeconds seconds: Int) -> String? {
        guard let socket = connect(withinSeconds: seconds) else { return nil }
        defer { close(socket) }
        let name = host.contains(":") ? "[\(host)]" : host
        let request = "GET \(path) HTTP/1.1\r\nHost: \(name):\(port)\r\nConnection: close\r\n\r\n"
        // Without MSG_NOSIGNAL a peer that is gone would end this process before it can say so.
        let bytes = Array(request.utf8)
        guard send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            return nil
        }
        return Self.status(in: firstBytes(of: socket))
    }

    private func connect(withinSeconds seconds: Int) -> Int32? {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, port, &hints, &found) == 0, let first = found else { return nil }
        defer { freeaddrinfo(first) }
        for address in sequence(first: first, next: { $0.pointee.ai_next }) {
            let socket = Glibc.socket(
                address.pointee.ai_family,
                address.pointee.ai_socktype,
                address.pointee.ai_protocol
            )
            guard socket >= 0 else { continue }
            // The time to send bounds the connect as well.
            var limit = timeval(tv_sec: seconds, tv_usec: 0)
            let size = socklen_t(MemoryLayout<timeval>.size)
            setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
            setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
            if Glibc.connect(socket, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0 {
                return socket
            }
            close(socket)
        }
        return nil
    }

    /// As many bytes as the status needs, fewer where the peer ends or falls silent.
    private func firstBytes(of socket: Int32) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 12)
        let count = recv(socket, &buffer, buffer.count, Int32(MSG_WAITALL))
        return Array(buffer.prefix(max(count, 0)))
    }

    private static func status(in bytes: [UInt8]) -> String? {
        let line = String(decoding: bytes, as: UTF8.self)
        return line.wholeMatch(of: /HTTP\/1\.[01] ([0-9]{3})/).map { String($0.output.1) }
    }
}
