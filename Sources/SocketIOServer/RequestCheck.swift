import NIOHTTP1

/// What the parser lets through and two readers could understand in two ways (RFC 9112, section 11.2).
///
/// Behind a proxy that would be a request within a request, so it is refused whoever sends it.
enum RequestCheck {
    static func check(_ head: HTTPRequestHead, _ limits: TransportLimits) throws(HTTPRefusal) {
        guard head.version == .http1_1 || head.version == .http1_0 else {
            throw .malformed("The version must be HTTP/1.1 or HTTP/1.0.")
        }
        try checkHost(head)
        try checkFraming(head)
        if let length = head.headers.first(name: "Content-Length").flatMap({ Int($0) }) {
            guard length <= limits.bodyBytesMax else { throw .bodyTooLarge(limits) }
        }
    }

    /// RFC 9112, section 3.2.
    private static func checkHost(_ head: HTTPRequestHead) throws(HTTPRefusal) {
        let hosts = head.headers["Host"].count
        guard hosts == 1 || (hosts == 0 && head.version == .http1_0) else {
            throw .malformed("A request must have exactly one Host header.")
        }
    }

    /// RFC 9112, section 6: a body's length is said once, and in one way.
    private static func checkFraming(_ head: HTTPRequestHead) throws(HTTPRefusal) {
        let lengths = head.headers["Content-Length"]
        let encodings = head.headers["Transfer-Encoding"]
        guard lengths.count + encodings.count <= 1 else {
            throw .malformed(
                "A request must have one of Content-Length and Transfer-Encoding, once."
            )
        }
        if let length = lengths.first, length.isEmpty || !length.utf8.allSatisfy(\.isDigit) {
            throw .malformed("Content-Length must be a decimal number.")
        }
        if let encoding = encodings.first {
            guard encoding.lowercased() == "chunked", head.version == .http1_1 else {
                throw .malformed("Transfer-Encoding must be chunked, in HTTP/1.1.")
            }
        }
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
