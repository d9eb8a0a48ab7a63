import Testing

/// The opening handshake of RFC 6455, section 4.2.1, by requests made by hand.
@Suite(.timeLimit(.minutes(1))) struct HandshakeTests {
    /// A proper handshake with some lines replaced (by name) or left out (nil).
    static func request(
        _ line: String = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
        _ changes: [String: String?] = [:],
        and more: String = ""
    ) -> String {
        var headers: [(String, String)] = [
            ("Host", "test"), ("Connection", "Upgrade"), ("Upgrade", "websocket"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="), ("Sec-WebSocket-Version", "13"),
        ]
        headers = headers.compactMap { name, value in
            guard let change = changes[name] else { return (name, value) }
            return change.map { (name, $0) }
        }
        return line + "\r\n" + headers.map { "\($0): \($1)\r\n" }.joined() + more + "\r\n"
    }

    private func answer(to request: String) async throws -> RawClient.Response {
        let answers = AnswerBox()
        try await withServer { server in
            let client = try await RawClient(server)
            try await client.send(request)
            await answers.put(try await client.response())
        }
        return try #require(await answers.answer)
    }

    @Test(arguments: [
        ("4.2.1.5 the token among others", request(changes("Upgrade", "h2c, WebSocket"))),
        ("4.2.1.6 keep-alive beside it", request(changes("Connection", "keep-alive, UPGRADE"))),
        ("4.2.1.8 an origin", request(and: "Origin: http://test\r\n")),
        (
            "4.2.1.10 an extension that is not agreed on",
            request(and: "Sec-WebSocket-Extensions: permessage-deflate\r\n")
        ),
        (
            "4.2.1.9 a subprotocol that is not agreed on",
            request(and: "Sec-WebSocket-Protocol: chat\r\n")
        ),
        (
            "4.1 names in any case",
            request().replacing("Sec-WebSocket-Key", with: "SEC-WEBSOCKET-KEY")
        ),
    ])
    func `a proper handshake is answered`(_: String, request: String) async throws {
        let answer = try await answer(to: request)
        #expect(answer.status == 101)
        #expect(answer.headers["upgrade"] == "websocket")
        #expect(answer.headers["connection"]?.lowercased() == "upgrade")
        // The example of section 1.3.
        #expect(answer.headers["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(answer.headers["sec-websocket-extensions"] == nil)
        #expect(answer.headers["sec-websocket-protocol"] == nil)
    }

    private static func changes(_ name: String, _ value: String?) -> [String: String?] {
        [name: value]
    }

    private static func request(_ changes: [String: String?]) -> String {
        request("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", changes)
    }

    @Test(arguments: [
        (
            "4.2.1.1 POST",
            request(
                "POST /socket.io/?EIO=4&transport=websocket HTTP/1.1",
                [:],
                and: "Content-Length: 0\r\n"
            ), 400, "invalid_handshake"
        ),
        (
            "4.2.1.1 HTTP/1.0", request("GET /socket.io/?EIO=4&transport=websocket HTTP/1.0"), 400,
            "invalid_handshake"
        ),
        ("4.2.1.3 no host", request(changes("Host", nil)), 400, "malformed_request"),
        ("4.2.1.5 no key", request(changes("Sec-WebSocket-Key", nil)), 400, "invalid_handshake"),
        (
            "4.2.1.5 a short key", request(changes("Sec-WebSocket-Key", "c2hvcnQ=")), 400,
            "invalid_handshake"
        ),
        (
            "4.2.1.5 a long key", request(changes("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZXM=")),
            400, "invalid_handshake"
        ),
        (
            "4.2.1.5 a key that is not base 64",
            request(changes("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZ!==")), 400,
            "invalid_handshake"
        ),
        (
            "4.2.1.5 an empty key", request(changes("Sec-WebSocket-Key", "")), 400,
            "invalid_handshake"
        ),
        (
            "4.2.1.5 two keys", request(and: "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"),
            400, "invalid_handshake"
        ),
        (
            "4.2.1.6 no version", request(changes("Sec-WebSocket-Version", nil)), 426,
            "unsupported_websocket_version"
        ),
        (
            "4.4 version 8", request(changes("Sec-WebSocket-Version", "8")), 426,
            "unsupported_websocket_version"
        ),
        (
            "4.4 version 14", request(changes("Sec-WebSocket-Version", "14")), 426,
            "unsupported_websocket_version"
        ),
        (
            "4.4 no number", request(changes("Sec-WebSocket-Version", "13, 8")), 426,
            "unsupported_websocket_version"
        ),
    ])
    func `an improper handshake is told what was expected`(
        _: String,
        request: String,
        status: Int,
        code: String
    ) async throws {
        let answer = try await answer(to: request)
        #expect(answer.status == status)
        #expect(answer.headers["content-type"] == "application/problem+json")
        #expect(answer.body.contains("\"code\":\"\(code)\""))
        // Section 4.2.2: which versions are spoken.
        #expect(answer.headers["sec-websocket-version"] == (status == 426 ? "13" : nil))
    }

    @Test(arguments: [
        ("4.2.1.3 another upgrade", request(changes("Upgrade", "h2c"))),
        ("4.2.1.3 no upgrade", request(changes("Upgrade", nil))),
        ("4.2.1.4 no connection", request(changes("Connection", nil))),
        ("4.2.1.4 another connection", request(changes("Connection", "keep-alive"))),
    ])
    func `a request that asks for no WebSocket is none`(_: String, request: String) async throws {
        let answer = try await answer(to: request)
        #expect(answer.status == 400)
        #expect(answer.body.hasPrefix("{\"code\":3,"))
    }
}

/// Carries one answer out of a closure that may run anywhere.
actor AnswerBox {
    private(set) var answer: RawClient.Response?

    func put(_ answer: RawClient.Response) { self.answer = answer }
}
