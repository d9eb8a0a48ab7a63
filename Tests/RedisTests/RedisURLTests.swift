import Testing

@testable import Redis

struct RedisURLTests {
    @Test(arguments: [
        ("redis://localhost", "localhost:6379/0"),
        ("redis://localhost:7000", "localhost:7000/0"),
        ("redis://localhost/", "localhost:6379/0"),
        ("redis://localhost:7000/12", "localhost:7000/12"),
        ("redis://[::1]", "::1:6379/0"),
        ("redis://[fe80::1%eth0]:7000/1", "fe80::1%eth0:7000/1"),
        ("redis://10.0.0.1:1", "10.0.0.1:1/0"),
        ("rediss://r.example:6380/3", "tls r.example:6380/3"),
        ("redis://:secret@h", "secret@ h:6379/0"),
        ("redis://ann:secret@h", "ann:secret@ h:6379/0"),
        ("redis://ann:p%40%2F%3A%25@h:1/2", "ann:p@/:%@ h:1/2"),
        ("redis://ann:a:b@h", "ann:a:b@ h:6379/0"),
        ("redis://ann:a@b@h", "ann:a@b@ h:6379/0"),
        ("redis://:@h", "h:6379/0"),
        ("redis://:%C3%A4@h", "ä@ h:6379/0"),
    ])
    func `a URL is taken apart`(text: String, expected: String) throws {
        let url = try RedisURL(text)
        let identity = [url.user, url.password].compactMap(\.self).joined(separator: ":")
        let parts = [url.isTLS ? "tls" : "", identity.isEmpty ? "" : identity + "@"]
        let described = parts.filter { !$0.isEmpty } + ["\(url.host):\(url.port)/\(url.database)"]
        #expect(described.joined(separator: " ") == expected)
    }

    @Test(arguments: [
        ("", "must begin with redis:// or rediss://"),
        ("localhost:6379", "must begin with redis:// or rediss://"),
        ("http://localhost", "must begin with redis:// or rediss://"),
        ("redis://", "no host"),
        ("redis://:6379", "no host"),
        ("redis://h:", "port is not a number from 1 to 65535"),
        ("redis://h:0", "port is not a number from 1 to 65535"),
        ("redis://h:65536", "port is not a number from 1 to 65535"),
        ("redis://h:+1", "port is not a number from 1 to 65535"),
        ("redis://h:99999999999999999999", "port is not a number from 1 to 65535"),
        ("redis://h/x", "database is not a number"),
        ("redis://h/-1", "database is not a number"),
        ("redis://h/1/2", "database is not a number"),
        ("redis://[::1", "no ] after an IPv6 address"),
        ("redis://[::1]7", "port is not a number from 1 to 65535"),
        ("redis://a b", "not a host name"),
        ("redis://h\r\nX", "not a host name"),
        ("redis://ann@h", "user without a password"),
        ("redis://ann:@h", "user without a password"),
        ("redis://:%4@h", "% without two hexadecimal digits"),
        ("redis://:%+1@h", "% without two hexadecimal digits"),
        ("redis://:%FF@h", "user or password is not UTF-8"),
        ("redis://" + String(repeating: "h", count: 1024), "too long"),
    ])
    func `an unusable URL is refused with its reason`(text: String, reason: String) {
        #expect(throws: RedisError.invalidURL(reason)) { try RedisURL(text) }
    }
}
