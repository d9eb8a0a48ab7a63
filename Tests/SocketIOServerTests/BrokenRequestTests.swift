import SocketIOServer
import Testing

/// Requests that are too large, too slow, or that two readers could understand in two ways.
@Suite(.timeLimit(.minutes(1))) struct BrokenRequestTests {
    @Test(arguments: [
        ("both lengths", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        (
            "both lengths, the other way",
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"
        ),
        ("two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
        ("two lengths that agree", "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
        ("a list of lengths", "Content-Length: 5, 5\r\n\r\nhello"),
        ("a length with a sign", "Content-Length: +5\r\n\r\nhello"),
        ("a length below zero", "Content-Length: -1\r\n\r\nhello"),
        ("a length in hexadecimal", "Content-Length: 0x5\r\n\r\nhello"),
        ("a length that overflows", "Content-Length: 99999999999999999999\r\n\r\nhello"),
        ("an unknown coding", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        ("chunked and another", "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        (
            "chunked twice",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        ("chunked with a tab", "Transfer-Encoding:\tchunked,\r\n\r\n0\r\n\r\n"),
        ("a folded header", "X-A: b\r\n c\r\n\r\n"),
        ("a folded coding", "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
        ("a space before the colon", "Content-Length : 5\r\n\r\nhello"),
        ("a line feed alone", "X-A: b\nContent-Length: 5\r\n\r\nhello"),
        ("line feeds for the end", "X-A: b\n\nhello"),
        ("a carriage return in a header", "X-A: b\rc\r\n\r\n"),
        ("a NUL in a header", "X-A: b\0c\r\n\r\n"),
        ("a header without a name", ": b\r\n\r\n"),
        ("a header without a colon", "nothing\r\n\r\n"),
        ("a second host", "Host: other\r\n\r\n"),
        (
            "a chunk length that is none",
            "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"
        ),
        (
            "a chunk longer than it says",
            "Transfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n"
        ),
        (
            "a chunk length that overflows",
            "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n"
        ),
    ])
    func `a request with`(_: String, rest: String) async throws {
        try await withServer { server in
            let client = try await RawClient(server)
            try await client.send("POST /hello HTTP/1.1\r\nHost: test\r\n" + rest)
            try await expectRefusal(from: client, 400, "malformed_request")
        }
    }

    @Test(arguments: [
        "GET /hello HTTP/1.1\r\n\r\n", "GET /hello HTTP/2.0\r\nHost: test\r\n\r\n",
        "GET /hello\r\nHost: test\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "G\0T /hello HTTP/1.1\r\nHost: test\r\n\r\n",
    ])
    func `a request that begins as`(_ request: String) async throws {
        try await withServer { server in
            let client = try await RawClient(server)
            try await client.send(request)
            try await expectRefusal(from: client, 400, "malformed_request")
        }
    }

    @Test func `a broken request after a good one is refused too`() async throws {
        try await withServer { server in
            let client = try await RawClient(server)
            #expect(try await client.get("/hello").body == "hello")
            try await client.sendGet("/hello", headers: "Content-Length: +1\r\n")
            try await expectRefusal(from: client, 400, "malformed_request")
        }
    }

    // MARK: Too large

    @Test(arguments: [
        (
            "a target",
            "GET /" + String(repeating: "a", count: 8_200) + " HTTP/1.1\r\nHost: test\r\n\r\n"
        ),
        (
            "a value",
            "GET / HTTP/1.1\r\nHost: test\r\nX-A: " + String(repeating: "a", count: 8_200)
                + "\r\n\r\n"
        ),
        (
            "a name",
            "GET / HTTP/1.1\r\nHost: test\r\n" + String(repeating: "a", count: 8_200)
                + ": b\r\n\r\n"
        ),
        (
            "all headers together",
            "GET / HTTP/1.1\r\nHost: test\r\n"
                + String(
                    repeating: "X-A: " + String(repeating: "a", count: 8_000) + "\r\n",
                    count: 5
                ) + "\r\n"
        ),
        (
            "the number of headers",
            "GET / HTTP/1.1\r\nHost: test\r\n" + String(repeating: "X: y\r\n", count: 100) + "\r\n"
        ),
        (
            "a value without an end",
            "GET / HTTP/1.1\r\nHost: test\r\nX-A: " + String(repeating: "a", count: 20_000)
        ),
    ])
    func `headers beyond their bounds are refused: `(_: String, request: String) async throws {
        try await withServer { server in
            let client = try await RawClient(server)
            try await client.send(request)
            try await expectRefusal(from: client, 431, "headers_too_large")
        }
    }

    @Test func `a body beyond all bounds is refused before it arrives`() async throws {
        try await withServer { server in
            let client = try await RawClient(server)
            try await client.send(
                "POST /hello HTTP/1.1\r\nHost: test\r\nContent-Length: 4194305\r\n\r\n"
            )
            try await expectRefusal(from: client, 413, "too_large")
        }
    }

    @Test func `chunks are counted as they come`() async throws {
        try await withServer(transport: TransportLimits(bodyBytesMax: 1_000)) { server in
            let client = try await RawClient(server)
            try await client.send(
                "POST /hello-body HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
            )
            for _ in 0..<3 {
                try await client.send("190\r\n" + String(repeating: "x", count: 400) + "\r\n")
            }
            try await expectRefusal(from: client, 413, "too_large")
        }
    }

    // MARK: Too slow

    @Test(arguments: ["", "G", "GET /hello HTTP/1.1\r\nHost: test\r\nX-A"])
    func `headers that do not end in time are refused, after`(_ beginning: String) async throws {
        try await withServer(transport: TransportLimits(headTimeoutSeconds: 1)) { server in
            let client = try await RawClient(server)
            try await client.send(beginning)
            try await expectRefusal(from: client, 408, "request_timeout")
        }
    }

    @Test func `a body that does not end in time is refused`() async throws {
        try await withServer(transport: TransportLimits(bodyTimeoutSeconds: 1)) { server in
            let client = try await RawClient(server)
            try await client.send(
                "POST /hello-body HTTP/1.1\r\nHost: test\r\nContent-Length: 9\r\n\r\nslow"
            )
            try await expectRefusal(from: client, 408, "request_timeout")
        }
    }

    @Test func `a connection that is idle between two requests ends`() async throws {
        try await withServer(transport: TransportLimits(idleTimeoutSeconds: 1)) { server in
            let client = try await RawClient(server)
            #expect(try await client.get("/hello").status == 200)
            #expect(await client.seesEnd())
        }
    }

    private func expectRefusal(from client: RawClient, _ status: Int, _ code: String) async throws {
        let answer = try await client.response()
        #expect(answer.status == status)
        #expect(answer.headers["content-type"] == "application/problem+json")
        #expect(answer.body.contains("\"code\":\"\(code)\""))
        #expect(answer.body.contains("\"title\":\""))
        answer.expectSecurity()
        #expect(await client.seesEnd())
    }
}

extension TransportLimits {
    fileprivate init(
        bodyBytesMax: Int = 4 << 20,
        headTimeoutSeconds: Int = 10,
        bodyTimeoutSeconds: Int = 60,
        idleTimeoutSeconds: Int = 75
    ) {
        self.init()
        self.bodyBytesMax = bodyBytesMax
        self.headTimeoutSeconds = headTimeoutSeconds
        self.bodyTimeoutSeconds = bodyTimeoutSeconds
        self.idleTimeoutSeconds = idleTimeoutSeconds
    }
}
