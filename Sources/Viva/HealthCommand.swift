import ArgumentParser

/// `viva health`: for where a process is watched by a command, and no other program is at hand.
struct HealthCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Ask a process over HTTP whether all is well.",
        discussion: """
            /api/health says that it runs, /api/ready that it may be given work. Exit codes: 0 the answer \
            is 200; 1 it is another, or none came in time.
            """
    )

    @Argument(help: "As http://127.0.0.1:8081/api/ready.")
    var url: String

    @Option(help: ArgumentHelp("How long an answer may take.", valueName: "seconds"))
    var timeout = 2

    func validate() throws {
        guard HealthProbe(url) != nil else {
            throw ValidationError("\(url) is no address as http://127.0.0.1:8081/api/ready")
        }
        guard (1...60).contains(timeout) else {
            throw ValidationError("--timeout takes 1 to 60 seconds")
        }
    }

    func run() throws {
        guard let status = HealthProbe(url)?.status(withinSeconds: timeout) else {
            StandardError.write("viva: \(url) does not answer\n")
            throw ExitCode.failure
        }
        print(status)
        guard status == "200" else { throw ExitCode.failure }
    }
}
