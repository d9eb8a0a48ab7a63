import ArgumentParser
import LoadTest

/// `viva loadtest merge`: what several generators found, as one report.
struct LoadTestMergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Make one report of those that several generators wrote by --json."
    )

    @Argument(help: "The files of the generators.")
    var files: [String]

    @OptionGroup(title: "Report") var report: ReportOptions

    func run() throws {
        let reports = try files.map { try LoadTestOptions.read($0, LoadReport.init(json:)) }
        throw try report.deliver(LoadReport(merging: reports))
    }
}

/// `viva loadtest behavior`: the defaults as a file to change.
struct LoadTestBehaviorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "behavior",
        abstract: "Print how people behave by default, for --behavior."
    )

    func run() { print(Behavior().json, terminator: "") }
}
