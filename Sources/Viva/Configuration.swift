import Gateway
import Logging
import Redis
import Settings

/// Everything that is set for a process, read once.
struct Configuration {
    let role: ProcessRole
    let redis: RedisURL
    let redisCAFile: String?
    let host: String
    let port: Int
    let internalHost: String
    /// Health and metrics, for the deployment alone; 0 for none.
    let internalPort: Int
    let name: String
    let publicURL: String
    /// Beside that of the public URL.
    let origins: [String]
    /// What signs comes first; an owner has none.
    let secrets: [[UInt8]]
    let apiKey: String?
    let webDirectory: String
    let roomsMax: Int
    let drainSeconds: Int
    /// 0 until somebody deletes a session.
    let retentionDays: Int
    /// Whose `X-Forwarded-For` is believed.
    let proxies: IPNetworks
    /// Whom the bounds for each address leave alone.
    let unlimited: IPNetworks
    let logLevel: Logger.Level
    let logFormat: LogFormat
    /// Nil where nothing is traced.
    let traceFile: String?
    /// How much of what begins here, from 0 to 1.
    let traceSample: Double

    init(_ values: SettingValues) throws(SettingProblems) {
        typealias Known = ProcessSettings
        try values.check(Known.all)
        role = values.role
        redis = try values.value(Known.redisURL)
        redisCAFile = try values.optional(Known.redisCAFile)
        host = try values.value(Known.host)
        port = try values.value(Known.port)
        internalHost = try values.optional(Known.internalHost) ?? host
        internalPort = try values.value(Known.internalPort)
        name = try values.value(Known.name)
        publicURL = try values.value(Known.publicURL)
        origins = try values.optional(Known.origins) ?? []
        secrets = values.role == .gateway ? try Self.secrets(values) : []
        apiKey = try values.optional(Known.apiKey)
        webDirectory = try values.value(Known.webDirectory)
        roomsMax = try values.value(Known.roomsMax)
        drainSeconds = try values.value(Known.drainSeconds)
        retentionDays = try values.value(Known.retentionDays)
        proxies = try values.value(Known.proxies)
        unlimited = try values.value(Known.unlimited)
        logLevel = try values.value(Known.logLevel)
        logFormat = try values.value(Known.logFormat)
        traceFile = try values.optional(Known.traceFile)
        traceSample = try values.value(Known.traceSample)
    }

    static func secrets(_ values: SettingValues) throws(SettingProblems) -> [[UInt8]] {
        let other = try values.optional(ProcessSettings.otherSecret)
        return [try values.value(ProcessSettings.secret)] + (other.map { [$0] } ?? [])
    }
}
