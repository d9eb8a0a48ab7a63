import ArgumentParser
import Settings

/// `viva config`: what can be set, and what is set.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show what can be set, and check what is.",
        subcommands: [ConfigCheckCommand.self, ConfigListCommand.self]
    )
}

/// `viva config check`: what a process would start with here.
struct ConfigCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Print each setting's value and where it comes from, and say what is wrong.",
        discussion: """
            Values are those that a process would get that is started here and now: from the environment, \
            else from the file, else the default. Secrets are not shown. Nothing is connected to.

            Exit codes: 0 a process can start; 78 it cannot, and why not is said.
            """
    )

    @Argument(
        help: "gateway or owner; both where it is left out.",
        completion: .list(ProcessRole.allCases.map(\.rawValue))
    )
    var role: ProcessRole?

    @OptionGroup var settings: SettingOptions

    func run() throws {
        var problems: [String] = []
        for role in role.map({ [$0] }) ?? ProcessRole.allCases {
            problems += try show(role).filter { !problems.contains($0) }
        }
        guard problems.isEmpty else {
            throw SettingOptions.exit(because: SettingProblems(problems))
        }
    }

    /// Prints one role's settings, and returns what is wrong with them.
    private func show(_ role: ProcessRole) throws -> [String] {
        let values = try settings.orExit { () throws(SettingProblems) in
            try settings.values(for: role)
        }
        var table = TextTable(role.rawValue.uppercased(), "VALUE", "FROM")
        for report in values.reports(ProcessSettings.all) {
            let wrong = report.shown == nil ? "(missing)" : "(not usable)"
            let value = report.problem == nil ? report.shown ?? "–" : wrong
            table.add(report.setting.name, value, report.shown == nil ? "–" : "\(report.origin)")
        }
        print(table.text)
        do throws(SettingProblems) {
            try values.check(ProcessSettings.all)
            return []
        } catch { return error.texts }
    }
}

/// `viva config list`: every setting there is.
struct ConfigListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Print every setting: its name, default, values and meaning.",
        discussion: """
            Each can be set in the environment or in a file, which --config or VIVA_CONFIG names. A secret \
            may stand in a file of its own: the setting with _FILE behind its name says where.
            """
    )

    @Flag(help: "As Markdown, as deploy/SETTINGS.md has it.")
    var markdown = false

    func run() {
        var table = TextTable("Name", "Default", "Values", "Meaning")
        for setting in ProcessSettings.all {
            table.add(
                code(setting.name) + (setting.fileName.map { " or " + code($0) } ?? ""),
                standard(of: setting),
                setting.allowed,
                markdown ? setting.meaning : setting.meaning.filter { $0 != "`" }
            )
        }
        print(markdown ? table.markdown : table.text, terminator: "")
    }

    private func standard(of setting: any SettingDescription) -> String {
        switch setting.standard {
        case .value(let text): code(text)
        case .byRole(let gateway, let owner): "\(code(gateway)), owner \(code(owner))"
        case .none: "–"
        case .required:
            "required" + (setting.roles == [.gateway] ? ", gateways" : "")
        }
    }

    private func code(_ text: String) -> String { markdown ? "`\(text)`" : text }
}

extension ProcessRole: ExpressibleByArgument {}
