import ArgumentParser
import EventLoopIsolation
import LoadTest
import UnixSignals

/// `viva loadtest`: people who type, against any deployment.
struct LoadTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loadtest",
        abstract: "Let simulated people type in a deployment, measure it, verify every edit.",
        discussion: """
            Creates sessions over REST and joins them over Socket.IO, as anybody could. Latency counts \
            from the moment a key was meant to be struck. In the end everybody's text, the server's \
            and the fold of the commits are compared.

            Exit codes: 0 all is well; 1 a text differs, or an edit is missing or twice; 2 a bound of \
            --expect was not kept; 3 the run could not be made; 4 not everybody came to rest in time; \
            64 the command line is wrong; 130 interrupted, and well so far.

            Ctrl-C ends the typing and goes on to the check and the report; once more skips the waiting.
            """,
        subcommands: [LoadTestMergeCommand.self, LoadTestBehaviorCommand.self]
    )

    @OptionGroup var options: LoadTestOptions
    @OptionGroup(title: "Report") var report: ReportOptions

    @LoopActor
    func run() async throws {
        let settings = try options.settings()
        let found: LoadReport
        do throws(RunFailure) {
            found = try await find(settings)
        } catch {
            StandardError.write("viva: \(error)\n")
            throw ExitCode(LoadReport.Outcome.couldNotRun.rawValue)
        }
        throw try report.deliver(found)
    }

    @LoopActor
    private func find(_ settings: LoadSettings) async throws(RunFailure) -> LoadReport {
        let run = try LoadRun(settings)
        let progress = ProgressWriter()
        run.onSecond = { progress.show($0) }
        // Trapped before anything begins, and heard while the run waits.
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let interruption = Task { for await _ in signals { run.interrupt() } }
        defer {
            interruption.cancel()
            progress.clear()
        }
        return try await run.run()
    }
}
