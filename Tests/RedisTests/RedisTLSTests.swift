import EventLoopIsolation
import Foundation
import NIOCore
import Redis
import TestSupport
import Testing

@LoopActor
struct RedisTLSTests {
    private struct Server {
        let redis: RedisServer
        let certificates: Certificates
        let port: Int

        init(names: [String]) async throws {
            certificates = try await Certificates(names: names)
            port = try freePort()
            redis = try await RedisServer(options: [
                "--tls-port", "\(port)", "--tls-auth-clients", "no",
                "--tls-cert-file", certificates.certificate, "--tls-key-file", certificates.key,
                "--tls-ca-cert-file", certificates.authority,
            ])
        }

        func settings(host: String = "localhost") throws -> RedisSettings {
            var settings = RedisSettings(url: try RedisURL("rediss://\(host):\(port)"))
            settings.connectTimeout = .seconds(60)
            settings.caFile = certificates.authority
            return settings
        }
    }

    private func withTLSClient(
        _ settings: RedisSettings,
        _ body: @LoopActor (RedisClient) async throws -> Void
    ) async throws {
        let client = RedisClient(settings: settings, logger: silent)
        defer { client.stop() }
        client.start()
        await client.connected()
        try await body(client)
    }

    /// The reason that the first attempt to connect failed with, from the log.
    private func refusal(_ settings: RedisSettings) async -> String {
        let (logger, messages) = recordingLogger()
        let client = RedisClient(settings: settings, logger: logger)
        defer { client.stop() }
        client.start()
        return await messages.next()
    }

    @Test(arguments: ["localhost", "127.0.0.1"])
    func `a server whose certificate names the host is accepted`(host: String) async throws {
        let server = try await Server(names: ["DNS:localhost", "IP:127.0.0.1"])
        try await withTLSClient(try server.settings(host: host)) { client in
            let value = ByteBuffer(bytes: (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 * 7) })
            _ = try await client.send(["SET", "large", .buffer(value)])
            #expect(try await client.send(["GET", "large"]) == .string(value))
        }
    }

    @Test func `ten thousand commands go through, pipelined`() async throws {
        let server = try await Server(names: ["DNS:localhost"])
        try await withTLSClient(try server.settings()) { client in
            let replies = (1...10_000).map { client.begin(["ECHO", .integer($0)]) }
            for (index, reply) in replies.enumerated() {
                #expect(await reply.next() == .success(string("\(index + 1)")))
            }
        }
    }

    @Test func `a hung or killed server is noticed as without TLS`() async throws {
        let server = try await Server(names: ["DNS:localhost"])
        var settings = try server.settings()
        settings.silenceMax = .milliseconds(500)
        try await withTLSClient(settings) { client in
            server.redis.suspend()
            #expect(await client.begin(["PING"]).next() == .failure(.outcomeUnknown))
            server.redis.resume()
            await client.connected()
            let blocked = client.begin(["BLPOP", "nothing", 0])
            await server.redis.kill()
            #expect(await blocked.next() == .failure(.outcomeUnknown))
        }
    }

    @Test func `a certificate for another host is refused`() async throws {
        let server = try await Server(names: ["DNS:elsewhere.example", "IP:127.0.0.9"])
        #expect(try await refusal(server.settings()).contains("hostname mismatch"))
        let address = try server.settings(host: "127.0.0.1")
        #expect(await refusal(address).contains("IP address mismatch"))
    }

    @Test func `an unknown authority is refused`() async throws {
        let server = try await Server(names: ["DNS:localhost"])
        let others = try await Certificates(names: ["DNS:localhost"])
        var settings = try server.settings()
        settings.caFile = others.authority
        #expect(await refusal(settings).contains("certificate"))
        settings.caFile = nil
        #expect(await refusal(settings).contains("certificate"))
    }

    @Test func `a file without authorities is named as the trouble`() async throws {
        let server = try await Server(names: ["DNS:localhost"])
        var settings = try server.settings()
        settings.caFile = "/nowhere.pem"
        #expect(await refusal(settings).contains("unusable"))
    }

    @Test func `a server without TLS is refused`() async throws {
        let server = try await RedisServer()
        var settings = RedisSettings(url: try RedisURL("rediss://localhost:\(server.port)"))
        // Redis waits for the end of a line, which the handshake's random bytes may contain or not.
        settings.silenceMax = .milliseconds(100)
        #expect(await refusal(settings).hasPrefix("warning could not connect"))
    }
}
