// Hot path 5 of 6: fences, appends and publishes in one atomic step. Next: RoomAudience.swift.

import EventLoopIsolation
import Redis
package import RoomModel
package import WireFormat

/// What became of a call that only the room's owner may make.
package enum FencedOutcome: Equatable, Sendable {
    case done
    /// Somebody else owns the room, or it is gone; nothing has happened.
    case fenced
    /// Nobody knows whether it happened, or Redis would not do it.
    case failed
}

extension RoomChannels {
    /// Appends commits to the room's log and publishes them, then the messages, as one step, which
    /// writes down what was refused as well: nobody is told of a refusal that is not kept.
    ///
    /// `first` is the revision of the first commit, or the next one where there is none. Calls are
    /// pipelined: a call may be made before the one before it is answered. `trace` goes to gateways.
    package func commit(
        _ commits: [Commit],
        refusing refusals: [Refusal],
        then messages: [RoomMessage],
        first: Revision,
        epoch: Epoch,
        in room: RoomKeys,
        trace: TraceParent? = nil,
        completion: @escaping @LoopActor (FencedOutcome) -> Void
    ) {
        let entries = commits.map(\.json)
        let header = CommitBatch.header(
            epoch: epoch,
            first: first,
            lengths: entries.map(\.count),
            trace: trace
        )
        var arguments: [RedisArgument] = [
            .integer(epoch.rawValue), .integer(first.rawValue), .string(header),
            .integer(entries.count), .integer(refusals.count),
            .string(RoomFormat.required(by: commits)?.rawValue ?? ""),
        ]
        for entry in entries { arguments.append(.bytes(entry)) }
        for refusal in refusals {
            arguments.append(.string(refusal.participant.rawValue))
            arguments.append(.string(refusal.field))
        }
        for message in messages { arguments.append(.buffer(message.encoded())) }
        let keys: [RedisArgument] = [
            .string(room.meta), .string(room.log), .string(room.toGateways),
            .string(room.refused),
        ]
        commands.evaluate(Scripts.commit, keys: keys, arguments: arguments) { reply in
            completion(FencedOutcome(reply))
        }
    }

    /// Replaces the room's snapshot.
    package func save(
        _ snapshot: Snapshot,
        epoch: Epoch,
        in room: RoomKeys,
        completion: @escaping @LoopActor (FencedOutcome) -> Void
    ) {
        let arguments: [RedisArgument] = [
            .integer(epoch.rawValue), .integer(snapshot.revision.rawValue), .bytes(snapshot.json),
        ]
        let keys: [RedisArgument] = [.string(room.meta), .string(room.snapshot)]
        commands.evaluate(Scripts.snapshot, keys: keys, arguments: arguments) { reply in
            completion(FencedOutcome(reply))
        }
    }
}

extension Refusal {
    fileprivate var field: String { "\(number.rawValue) \(rejection.rawValue)" }

    /// Nil where another version wrote what this one does not understand.
    init?(participant: String, field: String) {
        let words = field.split(separator: " ")
        guard words.count == 2, let number = Int(words[0]),
            let rejection = Rejection(rawValue: String(words[1]))
        else { return nil }
        self.init(
            of: ParticipantID(rawValue: participant),
            ProposalNumber(rawValue: number),
            rejection
        )
    }
}

extension FencedOutcome {
    init(_ reply: Result<RESPValue, RedisError>) {
        switch reply {
        case .success(.integer(1)): self = .done
        case .success(.integer(0)): self = .fenced
        case .success, .failure: self = .failed
        }
    }
}
