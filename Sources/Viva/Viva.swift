import ArgumentParser

/// Live coding interviews: one executable, a subcommand for each role of a process.
@main
struct Viva: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "viva",
        abstract: "Live coding interviews that never lose an edit.",
        discussion: """
            Settings come from the environment; the README lists them. A deployment runs several \
            gateways behind nginx, several owners, and one Redis.
            """,
        version: version,
        subcommands: [GatewayCommand.self, OwnerCommand.self, LoadTestCommand.self]
    )
}
