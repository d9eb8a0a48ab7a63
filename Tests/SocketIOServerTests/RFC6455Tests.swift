import NIOCore
import Testing

/// RFC 6455 from a client's side, by frames made by hand; each case names the section it is from.
///
/// The client is in the namespace `/` of a server that sends back each event: `42["a",…]` is an echo.
@Suite(.timeLimit(.minutes(2))) struct RFC6455Tests {
    struct Case: Sendable, CustomTestStringConvertible {
        let section: String
        let what: String
        let sent: [Bytes]
        let expected: [Answer]

        init(_ section: String, _ what: String, _ sent: [Bytes], _ expected: Answer...) {
            (self.section, self.what, self.sent, self.expected) = (section, what, sent, expected)
        }

        var testDescription: String { "\(section) \(what)" }
    }

    enum Answer: Sendable, Equatable {
        /// The message comes back.
        case echo(String)
        case pong(Bytes)
        /// The server closes with this code because of what was sent.
        case fails(UInt16)
        /// The server answers a close with a close of the same payload.
        case closes(Bytes)
    }

    @Test(arguments: fragmentation + controlFrames + framing + masking + text + closing + sizes)
    func `frames are judged by the section`(_ frames: Case) async throws {
        try await withServer { server in
            let client = try await connected(server)
            // In one piece, then byte by byte: where the network cuts must not matter.
            try await client.send(frames.sent.joined)
            for answer in frames.expected { try await expect(answer, from: client) }
        }
        guard frames.sent.joined.count < 1_000 else { return }
        try await withServer { server in
            let client = try await connected(server)
            // The server may have closed before the last of them.
            for byte in frames.sent.joined { try? await client.send(ByteBuffer(bytes: [byte])) }
            for answer in frames.expected { try await expect(answer, from: client) }
        }
    }

    private func connected(_ server: TestServer) async throws -> RawClient {
        let client = try await RawClient(server)
        #expect(try await client.upgrade().status == 101)
        _ = try await client.frame()
        try await client.send(frame(0x81, "40"))
        _ = try await client.frame()
        return client
    }

    private func expect(_ answer: Answer, from client: RawClient) async throws {
        let (firstByte, payload) = try await client.rawFrame()
        switch answer {
        case .echo(let text):
            #expect(firstByte == 0x81)
            #expect(String(decoding: payload, as: UTF8.self) == text)
        case .pong(let data):
            #expect(firstByte == 0x8A)
            #expect(payload == data)
        case .closes(let data):
            #expect(firstByte == 0x88)
            #expect(payload == data)
            #expect(await client.seesEnd())
        case .fails(let code):
            #expect(firstByte == 0x88)
            #expect(Array(payload.prefix(2)) == code.bytes)
            #expect(payload.count > 2, "a refusal says what was expected")
            #expect(payload.count <= 125)
        }
    }
}
