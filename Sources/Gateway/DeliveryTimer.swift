import NIOCore
import RoomModel
import WireFormat

/// Times the way of a room's proposal, from here until its own commit is passed on.
///
/// One at a time, which is a sample of what everybody in the room waits for. A participant has one
/// proposal in flight, so the next commit by the same one is the answer.
struct DeliveryTimer {
    private struct Sample {
        let participant: ParticipantID
        let start: NIODeadline
        let mark: [UInt8]
    }

    private var sample: Sample?

    var isFree: Bool { sample == nil }

    /// A proposal is passed on; no other is timed until its end.
    mutating func began(_ message: OwnerMessage, at now: @autoclosure () -> NIODeadline) {
        if case .traced(let message, _) = message { return began(message, at: now()) }
        guard sample == nil, case .proposal(_, let sender, _) = message else { return }
        let participant = sender.participant
        let mark = Array("\"by\":\"\(participant.rawValue)\"".utf8)
        sample = Sample(participant: participant, start: now(), mark: mark)
    }

    /// What the participant proposed has no commit, or nobody to hear of it.
    mutating func gaveUp(on participant: ParticipantID) {
        if sample?.participant == participant { sample = nil }
    }

    /// How many nanoseconds it took, where a commit of the batch is by the participant.
    ///
    /// Whatever people write has its quotes escaped, so nothing else looks like the mark.
    mutating func ended(by batch: CommitBatch, at now: @autoclosure () -> NIODeadline) -> Int64? {
        guard let sample, batch.json.readableBytesView.firstRange(of: sample.mark) != nil else {
            return nil
        }
        self.sample = nil
        return (now() - sample.start).nanoseconds
    }
}
