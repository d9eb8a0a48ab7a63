import ArgumentParser
import EventLoopIsolation
import Foundation
import LoadTest
import NIOCore

/// Simulated people for the benchmarks, who type at fixed rates into Viva or into a relay.
///
/// Lets everybody in, says `{"entered":…}`, and then obeys lines on standard input:
/// `type <rooms> <typists per room> <edits per second of each> <warm-up seconds> <seconds>`.
/// Says `begin` and `end` around the span that is measured, then the figures. Ends with its input.
@main
struct Typists: AsyncParsableCommand {
    @Option(help: "viva, or relay: whatever passes edits on and answers nothing")
    var dialect: Dialect
    @Option(help: "ports on 127.0.0.1, with commas between them")
    var ports: String
    @Option(help: "a file with a token for each person, those of one room together")
    var tokens: String
    @Option var personsPerRoom = 2

    /// How long the last edits may take to arrive.
    private static let patience = Duration.seconds(5)

    @LoopActor
    func run() async throws {
        let tokens = try String(contentsOfFile: tokens, encoding: .utf8).split(separator: "\n")
        let crowd = try Crowd(
            tokens: tokens.map(String.init),
            personsPerRoom: personsPerRoom,
            targets: ports.split(separator: ",").map { try TargetURL("http://127.0.0.1:\($0)") },
            dialect: dialect
        )
        let start = NIODeadline.now()
        try await crowd.enter()
        let seconds = Double((NIODeadline.now() - start).nanoseconds) / 1e9
        say(#"{"entered":\#(tokens.count),"seconds":\#(seconds)}"#)
        while let line = await Self.nextLine() {
            let numbers = line.split(separator: " ").compactMap { Double($0) }
            guard line.hasPrefix("type "), numbers.count == 5 else {
                throw ValidationError("not understood: \(line)")
            }
            say(try await Self.type(numbers, crowd))
        }
    }

    /// Waits on a thread of its own: the loop goes on meanwhile.
    private static func nextLine() async -> String? {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: readLine()) }
        }
    }

    @LoopActor
    private static func type(_ numbers: [Double], _ crowd: Crowd) async throws -> String {
        let now = NIODeadline.now()
        let begin = now + .nanoseconds(Int64(numbers[3] * 1e9))
        let end = begin + .nanoseconds(Int64(numbers[4] * 1e9))
        crowd.figures = Figures(begin..<end)
        let typists = crowd.typists(rooms: Int(numbers[0]), perRoom: Int(numbers[1]))
        Schedule(of: typists, rate: numbers[2], in: crowd, from: now, to: end).begin()
        try await sleep(until: begin)
        let cpu = processorSeconds()
        say("begin")
        try await sleep(until: end)
        say("end")
        let used = processorSeconds() - cpu
        let deadline = ContinuousClock.now + patience
        while crowd.unfinishedCount > 0, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(50))
        }
        return try crowd.figures.json([
            "own_cpu_percent": 100 * used / numbers[4],
            "unfinished": Double(crowd.unfinishedCount),
            "disagreeing_rooms": Double(crowd.disagreeingCount),
            "lost": Double(crowd.lostCount),
            "refused": Double(crowd.refusedCount),
        ])
    }

    private static func sleep(until deadline: NIODeadline) async throws {
        try await Task.sleep(for: .nanoseconds((deadline - .now()).nanoseconds))
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// A line for whoever drives this program, at once.
private func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
}
