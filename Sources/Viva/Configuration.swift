import Gateway
import Redis

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Everything that can be set, read once from the environment.
struct Configuration {
    let redis: RedisURL
    let redisCAFile: String?
    let host: String
    let port: Int
    /// Health and metrics, for the deployment alone; 0 for none.
    let internalPort: Int
    let name: String
    let publicURL: String
    /// Beside that of the public URL.
    let origins: [String]
    let secret: [UInt8]
    let apiKey: String?
    let webDirectory: String
    let roomsMax: Int
    let drainSeconds: Int
    /// Whose `X-Forwarded-For` is believed.
    let proxies: IPNetworks
    /// Whom the bounds for each address leave alone.
    let unlimited: IPNetworks

    enum Role {
        case gateway
        case owner
    }

    init(_ role: Role, environment: [String: String]) throws(ConfigurationError) {
        let values = SettingReader(environment)
        do {
            redis = try RedisURL(try values.text(.redisURL))
        } catch let error as ConfigurationError {
            throw error
        } catch {
            throw .invalid(.redisURL, problem: "\(error)")
        }
        redisCAFile = values.optional(.redisCAFile)
        host = try values.text(.host)
        port = try values.integer(.port)
        internalPort = try values.integer(
            role == .gateway ? .gatewayInternalPort : .ownerInternalPort
        )
        name = try values.text(role == .gateway ? .gatewayName : .ownerName)
        publicURL = try values.text(.publicURL)
        origins = values.optional(.origins)?.split(separator: " ").map(String.init) ?? []
        secret = role == .gateway ? try values.secret() : []
        apiKey = values.optional(.apiKey)
        webDirectory = try values.text(.webDirectory)
        roomsMax = try values.integer(.roomsMax)
        drainSeconds = try values.integer(.drainSeconds)
        proxies = try values.networks(.proxies)
        unlimited = try values.networks(.unlimited)
        guard name.wholeMatch(of: /[a-z0-9-]{1,32}/) != nil else {
            throw .invalid(.gatewayName, problem: "it may hold a-z, 0-9 and -, 1 to 32 of them")
        }
    }
}

/// What stops the start: which setting, what is wrong with it, what it may be.
enum ConfigurationError: Error, CustomStringConvertible {
    case missing(Setting)
    case invalid(Setting, problem: String)

    var description: String {
        switch self {
        case .missing(let setting): "\(setting.name) is not set: \(setting.meaning)"
        case .invalid(let setting, let problem):
            "\(setting.name) is not usable: \(problem) (\(setting.meaning))"
        }
    }
}

/// Reads settings as what they have to be.
struct SettingReader {
    private let environment: [String: String]

    init(_ environment: [String: String]) {
        self.environment = environment
    }

    /// An empty value counts as none: that is what an unset variable in a compose file is.
    func optional(_ setting: Setting) -> String? {
        environment[setting.name].flatMap { $0.isEmpty ? nil : $0 }
    }

    func text(_ setting: Setting) throws(ConfigurationError) -> String {
        guard let value = optional(setting) ?? setting.standard else { throw .missing(setting) }
        return value
    }

    func integer(_ setting: Setting) throws(ConfigurationError) -> Int {
        let value = try text(setting)
        guard let number = Int(value), setting.range.contains(number) else {
            throw .invalid(
                setting,
                problem: "it is \"\(value)\", a whole number from \(setting.range.lowerBound) "
                    + "to \(setting.range.upperBound) was expected"
            )
        }
        return number
    }

    func networks(_ setting: Setting) throws(ConfigurationError) -> IPNetworks {
        let value = try text(setting)
        guard let networks = IPNetworks(value) else {
            throw .invalid(setting, problem: "\"\(value)\" is no list of networks")
        }
        return networks
    }

    /// The secret itself or what a file holds, white space around it left out.
    func secret() throws(ConfigurationError) -> [UInt8] {
        var text = optional(.secret)
        if let path = optional(.secretFile) {
            do {
                text = try String(contentsOfFile: path, encoding: .utf8)
            } catch { throw .invalid(.secretFile, problem: "\(path) cannot be read") }
        }
        guard let text else { throw .missing(.secret) }
        let bytes = Array(text.utf8.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed())
        guard bytes.count >= 32 else {
            throw .invalid(.secret, problem: "it has \(bytes.count) bytes, 32 or more are needed")
        }
        return bytes
    }
}
