import ArgumentParser
import EventLoopIsolation
import LoadTest
import UnixSignals

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `viva loadtest`: people who type, against any deployment.
struct LoadTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loadtest",
        abstract: "Let simulated people type in a deployment, measure it, and verify every edit."
    )

    @OptionGroup var options: LoadTestOptions

    @LoopActor
    func run() async throws {
        let settings = try options.settings()
        let outcome: LoadReport.Outcome
        do throws(RunFailure) {
            let run = try LoadRun(settings)
            let signals = Task { await Self.interrupt(run) }
            let report = try await run.run()
            signals.cancel()
            print(Summary(report, expectations: settings.expectations).text, terminator: "")
            outcome = report.outcome(settings.expectations)
        } catch {
            print("viva: \(error)")
            outcome = .couldNotRun
        }
        throw ExitCode(outcome.rawValue)
    }

    @LoopActor
    private static func interrupt(_ run: LoadRun) async {
        for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { run.interrupt() }
    }
}

struct LoadTestOptions: ParsableArguments {
    @Option(help: "The deployment, or one of its gateways; several take turns.")
    var url: [String] = ["http://localhost:8080"]
    @Option var rooms = 10
    @Option var peoplePerRoom = 2
    @Option var observers = 0
    @Option var ramp = 5
    @Option var duration = 60
    @Option var warmup = 0
    @Option var rate: Double?
    @Option var expect: [String] = []

    func settings() throws -> LoadSettings {
        var settings = LoadSettings()
        settings.targets = try url.map { try TargetURL($0) }
        settings.rooms = rooms
        settings.peoplePerRoom = peoplePerRoom
        settings.observersPerRoom = observers
        settings.rampSeconds = ramp
        settings.durationSeconds = duration
        settings.warmupSeconds = warmup
        settings.expectations = try expect.map { try Expectation($0) }
        if let rate { settings.manner = .steady(perSecond: rate) }
        return settings
    }
}
