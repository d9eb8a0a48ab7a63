import ArgumentParser
import Coordination
import EventLoopIsolation
import WireFormat

/// `viva drain`: tells a process to hand over and stop, from wherever Redis can be reached.
struct DrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain",
        abstract: "Tell a process to hand over what it has, and to stop.",
        discussion: """
            As SIGTERM does: a gateway sends its browsers to others, an owner offers its rooms and serves each \
            until another has it. Nothing that was typed is lost. Whatever supervises the process may start \
            it again: to take a machine out of service, stop it there.

            Exit codes: 0 it has stopped; 1 there is no such process, or it has not stopped in time; 2 Redis \
            does not answer.
            """
    )

    @Argument(help: "Its name, as viva status shows it.")
    var process: String

    @Option(help: ArgumentHelp("How long to wait until it has stopped.", valueName: "seconds"))
    var timeout = 60

    @OptionGroup var settings: SettingOptions

    func validate() throws {
        guard (0...3_600).contains(timeout) else { throw ValidationError("--timeout is 0 to 3600") }
    }

    @LoopActor
    func run() async throws {
        let hasStopped = try await OperatorLine.orExit {
            let line = try await OperatorLine.open(settings)
            let record = try await tell(line.channels)
            return try await OperatorLine.waits(
                upTo: .seconds(timeout),
                every: .milliseconds(100)
            ) {
                try await line.channels.processes().allSatisfy {
                    $0.record.name != process
                        || $0.record.startedMilliseconds != record.startedMilliseconds
                }
            }
        }
        guard hasStopped else { throw failure("\(process) has not stopped in \(timeout) s") }
        print("\(process) has stopped")
    }

    /// The process as it was when it was told.
    @LoopActor
    private func tell(_ channels: RoomChannels) async throws -> ProcessRecord {
        let sightings = try await channels.processes()
        guard let record = sightings.map(\.record).first(where: { $0.name == process }) else {
            let names = sightings.map(\.record.name).joined(separator: ", ")
            throw failure("there is no \(process); there are: \(names.isEmpty ? "none" : names)")
        }
        guard try await channels.tell(.drain, to: process) > 0 else {
            throw failure("\(process) does not listen: it was killed, or has lost Redis")
        }
        print("\(process) hands over \(record.connections) connections, \(record.rooms) rooms")
        return record
    }

    private func failure(_ sentence: String) -> ExitCode {
        StandardError.write("viva: \(sentence)\n")
        return .failure
    }
}
