import Gateway
import Testing

@Suite struct OriginPolicyTests {
    static let policy = OriginPolicy(publicURL: "https://viva.example/interviews")

    @Test(arguments: [
        ("http://localhost:8080", "localhost:8080"),
        ("http://127.0.0.1:8081", "127.0.0.1:8081"),
        ("http://[::1]:8080", "[::1]:8080"),
        ("https://192.0.2.7", "192.0.2.7:443"),
        ("http://LOCALHOST:80", "localhost"),
    ])
    func `a page of the address that it connects to is let in`(origin: String, host: String) {
        #expect(Self.policy.allows(origin: origin, host: host))
    }

    @Test(arguments: ["https://viva.example", "https://viva.example:443", "https://VIVA.example"])
    func `a page of the public URL is let in whatever host a proxy names`(origin: String) {
        #expect(Self.policy.allows(origin: origin, host: "gateway-1.internal:8081"))
        #expect(Self.policy.allows(origin: origin, host: nil))
    }

    @Test(arguments: [
        "evil.example", "viva.example.evil.example", "1.2.3.4.evil.example",
        "localhost.evil.example",
    ])
    func `a name that anybody can point here is not believed`(host: String) {
        #expect(!Self.policy.allows(origin: "http://\(host)", host: host))
    }

    @Test func `further origins are let in, and only those`() {
        let policy = OriginPolicy(
            publicURL: "https://viva.example",
            further: ["http://viva.internal:8080/", "nonsense"]
        )
        #expect(policy.allows(origin: "http://viva.internal:8080", host: "10.0.0.1"))
        #expect(policy.allows(origin: "https://viva.example", host: "10.0.0.1"))
        #expect(!policy.allows(origin: "http://viva.internal", host: "viva.internal"))
        #expect(!policy.allows(origin: "nonsense", host: "10.0.0.1"))
    }

    @Test func `a client that names no origin is let in`() {
        #expect(Self.policy.allows(origin: nil, host: "localhost:8080"))
        #expect(Self.policy.allows(origin: nil, host: nil))
    }

    @Test(arguments: [
        "https://evil.example",
        "http://localhost:8081",
        "http://localhost",
        "http://viva.example",
        "https://viva.example.evil.example",
        "https://evil.example#viva.example",
        "https://viva.example@evil.example",
        "localhost:8080",
        "//localhost:8080",
        "file://",
        "ftp://localhost:8080",
        "http://localhost:8080/",
        "http://localhost:8080, https://evil.example",
        "http://loca\u{17F}host:8080",
        "http://local\u{212A}ost:8080",
        "http://localhost:",
        "http://localhost:123456",
        "null",
        "",
    ])
    func `any other page is refused`(origin: String) {
        #expect(!Self.policy.allows(origin: origin, host: "localhost:8080"))
    }

    @Test func `a page is refused where there is no host to compare it with`() {
        #expect(!Self.policy.allows(origin: "http://localhost:8080", host: nil))
    }

    @Test(arguments: ["", "viva.example", "null"])
    func `a public URL that is none lets nobody in`(publicURL: String) {
        let policy = OriginPolicy(publicURL: publicURL)
        #expect(!policy.allows(origin: publicURL, host: "localhost:8080"))
    }
}
