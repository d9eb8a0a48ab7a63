import Coordination
import Logging
import RoomModel
import WireFormat

/// What an owner says of those in the room, by the IDs that gateways know them by; no word of what they
/// typed, and no name.
extension RoomOwner {
    var about: Logger.Metadata {
        ["room": "\(room.room.rawValue)", "epoch": "\(state.epoch?.rawValue ?? -1)"]
    }

    /// Somebody left: what comes of it is a commit without an answer.
    func log(_ message: OwnerMessage) {
        guard case .leave(let sender, let reason) = message else { return }
        log(
            .info,
            "connection has left",
            [
                "connection": "\(sender.connection.rawValue)",
                "participant": "\(sender.participant.rawValue)", "reason": "\(reason.rawValue)",
            ]
        )
    }

    /// What was committed, and what was said apart from it.
    func log(_ batch: OwnerState.Batch) {
        logger.debug(
            "commits were written",
            metadata: about.merging([
                "first": "\(batch.first.rawValue)", "count": "\(batch.commits.count)",
            ]) { $1 }
        )
        for answer in batch.answers { log(answer) }
    }

    private func log(_ answer: OwnerState.Answer) {
        switch answer {
        case .admitted(let connection):
            log(.info, "connection was admitted", ["connection": "\(connection.rawValue)"])
        case .refused(let connection, let rejection):
            let code = "\(rejection.rawValue)"
            log(
                .info,
                "join was refused",
                ["connection": "\(connection.rawValue)", "code": "\(code)"]
            )
        case .evicted(let connection):
            log(.info, "connection was evicted", ["connection": "\(connection.rawValue)"])
        case .rejected(let participant, let number, let rejection):
            log(
                .debug,
                "proposal was rejected",
                [
                    "participant": "\(participant.rawValue)", "number": "\(number.rawValue)",
                    "code": "\(rejection.rawValue)",
                ]
            )
        case .noteRejected(let participant, _, let rejection):
            log(
                .debug,
                "note was rejected",
                [
                    "participant": "\(participant.rawValue)", "code": "\(rejection.rawValue)",
                ]
            )
        case .held(let connection):
            log(.info, "connection waits to be let in", ["connection": "\(connection.rawValue)"])
        case .head: break
        }
    }

    private func log(
        _ level: Logger.Level,
        _ message: Logger.Message,
        _ details: @autoclosure () -> Logger.Metadata
    ) {
        logger.log(level: level, message, metadata: about.merging(details()) { $1 })
    }
}
