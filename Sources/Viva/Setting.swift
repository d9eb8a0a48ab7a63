/// One thing that can be set: the README's table of settings is this list.
struct Setting {
    let name: String
    /// The value where none is given; nil where one has to be given, or may be missing.
    let standard: String?
    var range: ClosedRange<Int> = 0...Int.max
    let meaning: String
}

extension Setting {
    static let redisURL = Setting(
        name: "VIVA_REDIS_URL",
        standard: "redis://127.0.0.1:6379",
        meaning: "where Redis is, redis://user:password@host:port/db, or rediss:// for TLS"
    )
    static let redisCAFile = Setting(
        name: "VIVA_REDIS_CA_FILE",
        standard: nil,
        meaning: "certificates to trust for rediss://, instead of the system's"
    )
    static let host = Setting(
        name: "VIVA_HOST",
        standard: "127.0.0.1",
        meaning: "the address to listen on"
    )
    static let port = Setting(
        name: "VIVA_PORT",
        standard: "8081",
        range: 1...65_535,
        meaning: "the gateway's port"
    )
    static let gatewayInternalPort = Setting(
        name: "VIVA_INTERNAL_PORT",
        standard: "9081",
        range: 0...65_535,
        meaning: "the port of health and metrics, never to be reached from outside; 0 for none"
    )
    static let ownerInternalPort = Setting(
        name: "VIVA_INTERNAL_PORT",
        standard: "9091",
        range: 0...65_535,
        meaning: "the port of health and metrics, never to be reached from outside; 0 for none"
    )
    static let gatewayName = Setting(
        name: "VIVA_NAME",
        standard: "g1",
        meaning: "the process's name, different for each: a gateway's begins its connections' IDs"
    )
    static let ownerName = Setting(
        name: "VIVA_NAME",
        standard: "o1",
        meaning: "the process's name, different for each"
    )
    static let publicURL = Setting(
        name: "VIVA_PUBLIC_URL",
        standard: "http://localhost:8080",
        meaning: "what links begin with"
    )
    static let origins = Setting(
        name: "VIVA_ORIGINS",
        standard: nil,
        meaning: "further origins whose pages may connect, with spaces between them"
    )
    static let secret = Setting(
        name: "VIVA_SECRET",
        standard: nil,
        meaning: "what link tokens are signed with, the same for all gateways, 32 bytes or more"
    )
    static let secretFile = Setting(
        name: "VIVA_SECRET_FILE",
        standard: nil,
        meaning: "a file that holds the secret"
    )
    static let apiKey = Setting(
        name: "VIVA_API_KEY",
        standard: nil,
        meaning: "what whoever creates a session has to know; anybody may where it is not set"
    )
    static let webDirectory = Setting(
        name: "VIVA_WEB_DIR",
        standard: ".build/web",
        meaning: "the built page"
    )
    static let roomsMax = Setting(
        name: "VIVA_ROOMS_MAX",
        standard: "20000",
        range: 1...1_000_000,
        meaning: "rooms an owner takes in"
    )
    static let drainSeconds = Setting(
        name: "VIVA_DRAIN_SECONDS",
        standard: "8",
        range: 0...600,
        meaning: "seconds a process that is told to stop has for handing over"
    )
    static let proxies = Setting(
        name: "VIVA_PROXIES",
        standard: "127.0.0.0/8 ::1/128",
        meaning: "networks of the proxies that say in X-Forwarded-For who asks, as 10.0.0.0/8"
    )
    static let unlimited = Setting(
        name: "VIVA_UNLIMITED",
        standard: "127.0.0.0/8 ::1/128",
        meaning: "networks that the bounds for each address leave alone"
    )
    static let logLevel = Setting(
        name: "VIVA_LOG_LEVEL",
        standard: "info",
        meaning: "trace, debug, info, warning or error"
    )
}
