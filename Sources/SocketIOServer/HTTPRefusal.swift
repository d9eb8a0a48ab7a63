import JSONText
import NIOCore
import NIOHTTP1
import SocketIO

/// Why a request is refused before anybody else sees it, as an RFC 9457 problem document.
struct HTTPRefusal: Error, Equatable {
    let status: HTTPResponseStatus
    /// Stable: what programs branch on.
    let code: String
    /// What was expected.
    let title: String
    var headers = HTTPHeaders()

    static func malformed(_ title: String) -> HTTPRefusal {
        HTTPRefusal(status: .badRequest, code: "malformed_request", title: title)
    }

    static func handshake(_ title: String) -> HTTPRefusal {
        HTTPRefusal(status: .badRequest, code: "invalid_handshake", title: title)
    }

    /// RFC 6455, section 4.2.2: whoever speaks another version is told ours.
    static let webSocketVersion = HTTPRefusal(
        status: .upgradeRequired,
        code: "unsupported_websocket_version",
        title: "Sec-WebSocket-Version must be 13.",
        headers: ["Upgrade": "websocket", "Sec-WebSocket-Version": "13"]
    )

    static func timeout(_ limits: TransportLimits) -> HTTPRefusal {
        HTTPRefusal(
            status: .requestTimeout,
            code: "request_timeout",
            title: "A request's headers must arrive within \(limits.headTimeoutSeconds) s, "
                + "its body within \(limits.bodyTimeoutSeconds) s."
        )
    }

    static func headerTooLarge(_ limits: TransportLimits) -> HTTPRefusal {
        HTTPRefusal(
            status: .requestHeaderFieldsTooLarge,
            code: "headers_too_large",
            title: "A request must have \(limits.headerFieldsMax) headers or fewer, its target and "
                + "each header \(limits.headerFieldBytesMax) bytes or fewer, "
                + "all together \(limits.headerBytesMax)."
        )
    }

    static func bodyTooLarge(_ limits: TransportLimits) -> HTTPRefusal {
        HTTPRefusal(
            status: .payloadTooLarge,
            code: "too_large",
            title: "A body must have \(limits.bodyBytesMax) bytes or fewer."
        )
    }

    /// The whole answer; the connection closes after it.
    func response() -> (head: HTTPResponseHead, body: ByteBuffer) {
        var json = JSONWriter()
        json.beginObject()
        json.key("title")
        json.string(title)
        json.key("status")
        json.integer(Int(status.code))
        json.key("code")
        json.string(code)
        json.endObject()
        let body = ByteBuffer(bytes: json.bytes)
        var headers = headers
        // The option goes with the header it speaks of (RFC 9110, section 7.8).
        let options = headers.contains(name: "Upgrade") ? "close, upgrade" : "close"
        headers.add(name: "Connection", value: options)
        headers.add(name: "Content-Type", value: "application/problem+json")
        headers.add(name: "Content-Length", value: String(body.readableBytes))
        headers.add(name: "Cache-Control", value: "no-store")
        headers.addSecurity()
        return (HTTPResponseHead(version: .http1_1, status: status, headers: headers), body)
    }
}

extension HTTPRefusal {
    init(_ error: HTTPParserError, _ limits: TransportLimits) {
        self =
            error == .headerOverflow
            ? .headerTooLarge(limits)
            : .malformed("A request must be HTTP/1.1 as RFC 9112 has it.")
    }
}

extension EngineRefusal {
    var head: HTTPResponseHead {
        var headers: HTTPHeaders = [
            "Connection": "close", "Content-Type": "application/json",
            "Content-Length": String(body.utf8.count),
        ]
        headers.addSecurity()
        return HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: status),
            headers: headers
        )
    }
}
