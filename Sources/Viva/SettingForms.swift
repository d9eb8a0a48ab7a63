import Gateway
import Redis
import Settings

#if canImport(Glibc)
    import Glibc
#endif

// What only Viva's own types can say of a value.

extension SettingForm where Value == RedisURL {
    static var redisURL: Self {
        Self(
            allowed: "redis:// or rediss://, then [user:password@]host[:port][/database]",
            secrecy: .part(withoutPassword)
        ) { text throws(Misfit) in
            do throws(RedisError) {
                return try RedisURL(text)
            } catch {
                guard case .invalidURL(let reason) = error else { throw Misfit() }
                throw Misfit("is no URL of Redis: \(reason)")
            }
        }
    }

    private static func withoutPassword(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@"), let scheme = text.firstRange(of: "://") else {
            return text
        }
        return text[..<scheme.upperBound] + "…" + text[at...]
    }
}

extension SettingForm where Value == String {
    static var host: Self {
        .text("an address, or a name that has one") {
            $0.wholeMatch(of: /[A-Za-z0-9._:-]{1,255}/) != nil
        }
    }

    static var readableFile: Self {
        .text("the name of a file that can be read") { access($0, R_OK) == 0 }
    }

    static var writableFile: Self {
        .text("the name of a file that can be written") { path in
            guard access(path, F_OK) != 0 else { return access(path, W_OK) == 0 }
            let slash = path.lastIndex(of: "/")
            let directory = slash.map { String(path[...$0]) } ?? "."
            return slash != path.index(before: path.endIndex) && access(directory, W_OK) == 0
        }
    }

    /// Where processes are started by the number nobody names each; a container's host has a name.
    static var processName: Self {
        Self(
            allowed: "1 to 32 of a-z, 0-9 and -, or @host for the host's name"
        ) { text throws(Misfit) in
            let name = text == "@host" ? hostName : text
            guard name.wholeMatch(of: /[a-z0-9-]{1,32}/) != nil else {
                throw Misfit(text == "@host" ? "stands for \"\(name)\"" : nil)
            }
            return name
        }
    }

    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Goes into an HTTP header.
    static var bearerKey: Self {
        Self(
            allowed: "1 to 256 letters, digits and -._~+/=",
            secrecy: .whole
        ) { text throws(Misfit) in
            guard text.wholeMatch(of: /[A-Za-z0-9._~+\/=-]{1,256}/) != nil else {
                throw Misfit("has \(text.utf8.count) bytes, not all of them allowed")
            }
            return text
        }
    }
}

extension SettingForm where Value == Double {
    static var fraction: Self {
        Self(allowed: "a number from 0 to 1, as 0.01") { text throws(Misfit) in
            guard text.wholeMatch(of: /[0-9]+(\.[0-9]+)?/) != nil, let number = Double(text),
                number <= 1
            else { throw Misfit() }
            return number
        }
    }
}

extension SettingForm where Value == [String] {
    static var origins: Self {
        Self(allowed: "origins as https://viva.example, spaces between them") {
            text throws(Misfit) in
            let origins = text.split(separator: " ").map(String.init)
            guard !origins.isEmpty, origins.allSatisfy(OriginPolicy.isOrigin) else {
                throw Misfit()
            }
            return origins
        }
    }
}

extension SettingForm where Value == IPNetworks {
    static var networks: Self {
        Self(allowed: "networks as 10.0.0.0/8, spaces between them") { text throws(Misfit) in
            guard let networks = IPNetworks(text) else { throw Misfit() }
            return networks
        }
    }
}
