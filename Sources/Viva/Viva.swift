import ArgumentParser

/// Live coding interviews: one executable, a subcommand for each role of a process.
@main
struct Viva: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "viva",
        abstract: "Live coding interviews that never lose an edit.",
        discussion: """
            A deployment runs several gateways behind nginx, several owners, and one Redis. Settings come \
            from the environment or a file: `viva config list` names them all, `viva config check` says \
            what a process would start with.
            """,
        version: version,
        subcommands: [
            GatewayCommand.self, OwnerCommand.self, ConfigCommand.self, KeygenCommand.self,
            TokenCommand.self, HealthCommand.self, LoadTestCommand.self,
        ]
    )
}
