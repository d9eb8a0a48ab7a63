import ArgumentParser
import LoadTest
import NIOCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a run does, as it is said on the command line; every number has its bounds.
struct LoadTestOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The deployment, https://viva.example, or a gateway, http://10.0.0.5:8081; given several times, people take turns.",
            valueName: "url"
        )
    )
    var url = ["http://localhost:8080"]

    @Option(help: ArgumentHelp("Authorities to trust for https, a PEM file.", valueName: "file"))
    var caFile: String?

    @Option(
        help: ArgumentHelp(
            "The key for creating sessions; VIVA_API_KEY if not given.",
            valueName: "key"
        )
    )
    var apiKey: String?

    @Option(help: "Sessions, which arrive evenly over the ramp.")
    var rooms = 10

    @Option(help: "People who type in each room: one interviewer, the others candidates.")
    var peoplePerRoom = 2

    @Option(help: "People besides who only watch, in each room.")
    var observers = 0

    @Option(help: ArgumentHelp("How long rooms arrive.", valueName: "seconds"))
    var ramp = 5

    @Option(help: ArgumentHelp("How long people type after the ramp.", valueName: "seconds"))
    var duration = 60

    @Option(
        help: ArgumentHelp(
            "Measure neither the ramp nor the first seconds after it; 0 measures everything.",
            valueName: "seconds"
        )
    )
    var warmup = 0

    @Option(
        help: ArgumentHelp(
            "How long everybody may take to come to rest before the check.",
            valueName: "seconds"
        )
    )
    var settle = 30

    @Option(
        help: ArgumentHelp(
            "For benchmarks: so many evenly spaced keys a second of each person, and nothing else; 0 for people who are just there.",
            valueName: "edits"
        )
    )
    var rate: Double?

    @Option(
        help: ArgumentHelp(
            "Let each person type a recorded history, JSON of github.com/josephg/editing-traces.",
            valueName: "file"
        )
    )
    var replay: String?

    @Option(
        help: ArgumentHelp(
            "How people behave; `viva loadtest behavior` prints a file to begin with.",
            valueName: "file"
        )
    )
    var behavior: String?

    @Option(help: ArgumentHelp("So many of a hundred people poll instead.", valueName: "percent"))
    var polling = 0

    @Option(help: "The same seed makes the same people.")
    var seed: UInt64 = 1

    @Flag(help: "Do not delete the sessions afterwards; those with faults are always kept.")
    var keep = false

    mutating func validate() throws {
        for (name, value, bounds) in [
            ("rooms", rooms, 1...100_000), ("people-per-room", peoplePerRoom, 1...256),
            ("observers", observers, 0...255), ("ramp", ramp, 0...3_600),
            ("duration", duration, 1...86_400), ("warmup", warmup, 0...3_600),
            ("settle", settle, 1...600), ("polling", polling, 0...100),
        ] where !bounds.contains(value) {
            throw ValidationError(
                "--\(name) is \(value), from \(bounds.lowerBound) to \(bounds.upperBound) was expected"
            )
        }
        guard peoplePerRoom + observers <= 256 else {
            throw ValidationError("a session holds 256 participants, observers included")
        }
        guard warmup < duration else {
            throw ValidationError(
                "with a warmup of \(warmup) s nothing of \(duration) s is measured"
            )
        }
        if let rate, rate != 0, !(0.01...40).contains(rate) {
            throw ValidationError(
                "--rate is \(rate), 0, or from 0.01 to 40, was expected: gateways take 50 proposals a second"
            )
        }
        guard [rate != nil, replay != nil].filter({ $0 }).count < 2 else {
            throw ValidationError("--rate and --replay exclude each other")
        }
        _ = try targets()
    }

    func settings() throws -> LoadSettings {
        var settings = LoadSettings()
        settings.targets = try targets()
        settings.caFile = caFile
        settings.apiKey = apiKey ?? ProcessInfo.processInfo.environment["VIVA_API_KEY"]
        settings.rooms = rooms
        settings.peoplePerRoom = peoplePerRoom
        settings.observersPerRoom = observers
        settings.rampSeconds = ramp
        settings.durationSeconds = duration
        settings.warmupSeconds = warmup
        settings.settleSeconds = settle
        settings.pollingPercent = polling
        settings.keepsSessions = keep
        settings.seed = seed
        settings.manner = try manner()
        return settings
    }

    private func targets() throws -> [TargetURL] {
        do { return try url.map { try TargetURL($0) } } catch { throw ValidationError("\(error)") }
    }

    private func manner() throws -> LoadSettings.Manner {
        if let rate { return .steady(perSecond: rate) }
        let people = try behavior.map { try Self.read($0, Behavior.init(json:)) } ?? Behavior()
        guard let replay else { return .people(people) }
        guard !replay.hasSuffix(".gz") else {
            throw ValidationError("\(replay) is compressed: gunzip it first")
        }
        return .replay(try Self.read(replay, Trace.init(json:)), people)
    }

    static func read<Value>(_ path: String, _ parse: (ByteBuffer) throws -> Value) throws -> Value {
        guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
            throw ValidationError("\(path) cannot be read")
        }
        do {
            return try parse(ByteBuffer(bytes: bytes))
        } catch {
            throw ValidationError("\(path) is not what was expected: \(error)")
        }
    }
}

/// What is done with a report.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A bound to keep, such as 'arrival.p99<50ms', 'errors<=0', 'rate>=1000'; given several times, all have to hold.",
            valueName: "bound"
        )
    )
    var expect: [String] = []

    @Option(
        help: ArgumentHelp(
            "Write the report there, for programs and for merging.",
            valueName: "file"
        )
    )
    var json: String?

    @Option(help: ArgumentHelp("Write the report there as a page with plots.", valueName: "file"))
    var html: String?

    mutating func validate() throws {
        _ = try expectations()
        for path in [json, html].compactMap(\.self) where !Self.canWrite(path) {
            throw ValidationError("\(path) cannot be written")
        }
    }

    func expectations() throws -> [Bound] {
        do { return try expect.map { try Bound($0) } } catch {
            throw ValidationError("\(error)")
        }
    }

    /// Prints and writes; the exit code is what came out.
    func deliver(_ report: LoadReport) throws -> ExitCode {
        let expectations = try expectations()
        print(Summary(report, expectations: expectations).text, terminator: "")
        if let json { try Self.write(report.json, to: json) }
        if let html {
            try Self.write(
                Array(ReportPage(report, expectations: expectations).html.utf8),
                to: html
            )
        }
        return ExitCode(report.outcome(expectations).rawValue)
    }

    /// Asked before a run, which may take a day.
    private static func canWrite(_ path: String) -> Bool {
        let exists = FileManager.default.fileExists(atPath: path)
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
        return FileManager.default.isWritableFile(atPath: exists ? path : directory)
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path))
        } catch {
            throw ValidationError("\(path) cannot be written")
        }
    }
}
