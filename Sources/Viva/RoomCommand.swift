import ArgumentParser
import Coordination
import EventLoopIsolation
import RoomModel

/// `viva room`: one session as an operator may see it.
struct RoomCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "room",
        abstract: "Show who owns a session, how far it is, and the end of its log; or delete it.",
        discussion: """
            Needs the deployment's Redis (VIVA_REDIS_URL) and nothing else. What people wrote and what they are \
            called is not shown; participants are named as in the processes' logs.

            With --delete everything about the session is removed at once and for good, as by an interviewer \
            over REST; whoever is in it is told. Without it nothing is changed.

            Exit codes: 0 it is there, or was until now; 1 it is not, or cannot be read; 2 Redis does not answer.
            """
    )

    @Argument(help: "The session's ID, as in its links.")
    var id: String

    @Option(help: ArgumentHelp("Commits to show, from the end of the log.", valueName: "count"))
    var tail = 10

    @Flag(help: "Print one JSON object, for programs.")
    var json = false

    @Flag(help: "Remove the session and all that is kept of it.")
    var delete = false

    @OptionGroup var settings: SettingOptions

    func validate() throws {
        guard id.isIdentifier() else { throw ValidationError("\(id) is no session's ID") }
        guard (1...1_000).contains(tail) else { throw ValidationError("--tail is 1 to 1000") }
    }

    @LoopActor
    func run() async throws {
        if delete { return try await remove() }
        let report = try await OperatorLine.orExit {
            let line = try await OperatorLine.open(settings)
            return try await inspect(through: line.channels)
        }
        guard let report else { throw missing() }
        print(json ? report.json : report.text, terminator: json ? "\n" : "")
    }

    /// Also what cannot be read, as what a newer version wrote.
    @LoopActor
    private func remove() async throws {
        let wasThere = try await OperatorLine.orExit {
            let line = try await OperatorLine.open(settings)
            return try await line.channels.delete(RoomKeys(RoomID(rawValue: id)))
        }
        guard wasThere else { throw missing() }
        print("session \(id) is deleted")
    }

    private func missing() -> ExitCode {
        print("there is no session \(id)")
        return ExitCode.failure
    }

    /// Nil where there is no such room.
    @LoopActor
    private func inspect(through channels: RoomChannels) async throws -> RoomReport? {
        do {
            let room = RoomID(rawValue: id)
            return try RoomReport(room, try await channels.inspect(RoomKeys(room), tail: tail))
        } catch LoadError.unknownRoom {
            return nil
        } catch LoadError.unavailable {
            print("session \(id) cannot be read; the processes' logs say why")
            throw ExitCode.failure
        }
    }
}
