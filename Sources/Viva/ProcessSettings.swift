import Gateway
import Logging
import Redis
import Settings

/// Every setting of gateways and owners, in the order of deploy/SETTINGS.md, whose table is held to this list.
enum ProcessSettings {
    static let all: [any SettingDescription] = [
        redisURL, redisCAFile, host, port, internalHost, internalPort, name, publicURL, origins,
        secret, otherSecret, apiKey, webDirectory, roomsMax, drainSeconds, retentionDays, proxies,
        unlimited, logLevel, logFormat, traceFile, traceSample,
    ]

    /// Settings that name the file of a secret.
    static let names = Set(all.flatMap { [$0.name] + [$0.fileName].compactMap { $0 } })

    // MARK: Redis

    static let redisURL = Setting(
        "VIVA_REDIS_URL",
        .redisURL,
        standard: .value("redis://127.0.0.1:6379"),
        meaning: "where Redis is; `rediss` for TLS"
    )
    static let redisCAFile = Setting(
        "VIVA_REDIS_CA_FILE",
        .readableFile,
        standard: .none,
        meaning: "certificates to trust for `rediss`; the system's where it is not set"
    )

    // MARK: Network

    static let host = Setting(
        "VIVA_HOST",
        .host,
        standard: .value("127.0.0.1"),
        meaning: "the address to listen on; `0.0.0.0` for every one"
    )
    static let port = Setting(
        "VIVA_PORT",
        .integer(1...65_535),
        standard: .value("8081"),
        roles: [.gateway],
        meaning: "the port for browsers"
    )
    static let internalHost = Setting(
        "VIVA_INTERNAL_HOST",
        .host,
        standard: .none,
        meaning: "the address for health and metrics; that of `VIVA_HOST` where it is not set"
    )
    static let internalPort = Setting(
        "VIVA_INTERNAL_PORT",
        .integer(0...65_535),
        standard: .byRole(gateway: "9081", owner: "9091"),
        meaning: "the port for health and metrics, never to be reached from outside; 0 for none"
    )
    static let name = Setting(
        "VIVA_NAME",
        .processName,
        standard: .byRole(gateway: "g1", owner: "o1"),
        meaning: "the process's name, different for each; a gateway's begins its connections' IDs"
    )
    static let publicURL = Setting(
        "VIVA_PUBLIC_URL",
        .text("http:// or https:// and a host, without a path") {
            OriginPolicy.isOrigin($0)
        },
        standard: .value("http://localhost:8080"),
        roles: [.gateway],
        meaning: "what links begin with"
    )
    static let origins = Setting(
        "VIVA_ORIGINS",
        .origins,
        standard: .none,
        roles: [.gateway],
        meaning: "further origins whose pages may connect; pages of the public URL, of `localhost` "
            + "and of a bare address always may"
    )

    // MARK: Trust

    static let secret = Setting(
        "VIVA_SECRET",
        .secret(bytesMin: 32),
        standard: .required,
        roles: [.gateway],
        meaning: "signs links, the same for all gateways; `viva keygen` makes one"
    )
    static let otherSecret = Setting(
        "VIVA_OTHER_SECRET",
        .secret(bytesMin: 32),
        standard: .none,
        roles: [.gateway],
        meaning: "verifies links too: the next secret before it signs, the former one after it"
    )
    static let apiKey = Setting(
        "VIVA_API_KEY",
        .bearerKey,
        standard: .none,
        roles: [.gateway],
        meaning: "what whoever creates a session has to know; anybody may where it is not set"
    )
    static let proxies = Setting(
        "VIVA_PROXIES",
        .networks,
        standard: .value("127.0.0.0/8 ::1/128"),
        roles: [.gateway],
        meaning: "the proxies whose `X-Forwarded-For` is believed"
    )
    static let unlimited = Setting(
        "VIVA_UNLIMITED",
        .networks,
        standard: .value("127.0.0.0/8 ::1/128"),
        roles: [.gateway],
        meaning: "whom the bounds for each address leave alone"
    )

    // MARK: Work

    static let webDirectory = Setting(
        "VIVA_WEB_DIR",
        .text("the name of a directory"),
        standard: .value(".build/web"),
        roles: [.gateway],
        meaning: "the built page"
    )
    static let roomsMax = Setting(
        "VIVA_ROOMS_MAX",
        .integer(1...1_000_000, unit: "rooms"),
        standard: .value("20000"),
        roles: [.owner],
        meaning: "how many an owner takes in"
    )
    static let drainSeconds = Setting(
        "VIVA_DRAIN_SECONDS",
        .integer(0...600, unit: "seconds"),
        standard: .value("8"),
        meaning: "how long a process that is told to stop has for handing over"
    )

    static let retentionDays = Setting(
        "VIVA_RETENTION_DAYS",
        .integer(0...3_650, unit: "days"),
        standard: .value("90"),
        meaning: "how long a session is kept after somebody was last in it; 0 until it is deleted"
    )

    // MARK: Log

    static let logLevel = Setting(
        "VIVA_LOG_LEVEL",
        SettingForm<Logger.Level>.oneOf,
        standard: .value("info"),
        meaning: "the least that is written"
    )
    static let logFormat = Setting(
        "VIVA_LOG_FORMAT",
        SettingForm<LogFormat>.oneOf,
        standard: .value("auto"),
        meaning: "a JSON object a line, or text; `auto` is text on a terminal only"
    )

    // MARK: Traces

    static let traceFile = Setting(
        "VIVA_TRACE_FILE",
        .writableFile,
        standard: .none,
        meaning: "where spans are written, as OTLP in JSON; nothing is traced where it is not set"
    )
    static let traceSample = Setting(
        "VIVA_TRACE_SAMPLE",
        .fraction,
        standard: .value("0.01"),
        roles: [.gateway],
        meaning: "how many of the requests and edits that come without a `traceparent` are traced"
    )
}
