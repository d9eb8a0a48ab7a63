import ArgumentParser
import Settings

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where a command gets its settings from.
struct SettingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Settings, a NAME=value a line; VIVA_CONFIG names such a file as well. The environment goes before it.",
            valueName: "file"
        )
    )
    var config: String?

    func configuration(for role: ProcessRole) throws -> Configuration {
        try orExit { () throws(SettingProblems) in try Configuration(try values(for: role)) }
    }

    /// What settings say, or an exit that says what is wrong with them.
    func orExit<Value>(_ read: () throws(SettingProblems) -> Value) throws -> Value {
        do throws(SettingProblems) {
            return try read()
        } catch {
            throw Self.exit(because: error)
        }
    }

    static func exit(because problems: SettingProblems) -> ExitCode {
        for text in problems.texts { StandardError.write("viva: \(text)\n") }
        // What programs mean who exit with it (sysexits.h): it is the configuration.
        return ExitCode(78)
    }

    func values(for role: ProcessRole) throws(SettingProblems) -> SettingValues {
        let environment = ProcessInfo.processInfo.environment
        return SettingValues(
            role,
            SettingSources(
                environment: environment,
                file: try Self.lines(in: config ?? environment["VIVA_CONFIG"]),
                readFile: Self.contents
            )
        )
    }

    private static func lines(in path: String?) throws(SettingProblems) -> SettingLines? {
        guard let path, !path.isEmpty else { return nil }
        guard let text = contents(of: path) else {
            throw SettingProblems("\(path), a file of settings, cannot be read")
        }
        return SettingLines(text, path: path, known: ProcessSettings.names)
    }

    @Sendable
    private static func contents(of path: String) -> String? {
        try? String(contentsOfFile: path, encoding: .utf8)
    }
}
