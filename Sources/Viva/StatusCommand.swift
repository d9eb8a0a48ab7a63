import ArgumentParser
import Coordination
import EventLoopIsolation

/// `viva status`: the deployment at a glance.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show all processes of the deployment, and what is not well.",
        discussion: """
            Needs the deployment's Redis (VIVA_REDIS_URL) and nothing else. A process writes there every \
            three seconds how it is; one that was killed is shown as silent for an hour, or until another \
            of its name is there. LAG is the longest that anything waited for the process in its last three \
            seconds.

            Exit codes: 0 all is well; 1 something is not, and is named; 2 Redis does not answer.
            """
    )

    @Flag(help: "Print one JSON object, for programs.")
    var json = false

    @OptionGroup var settings: SettingOptions

    @LoopActor
    func run() async throws {
        let report = try await OperatorLine.orExit {
            let line = try await OperatorLine.open(settings)
            return StatusReport(
                sightings: try await line.channels.processes(),
                orphans: try await line.channels.orphanCount(),
                redis: await line.information(),
                nowMilliseconds: ProcessClock.system.wallMilliseconds()
            )
        }
        print(json ? report.json : report.text, terminator: json ? "\n" : "")
        if !report.complaints.isEmpty { throw ExitCode.failure }
    }
}
