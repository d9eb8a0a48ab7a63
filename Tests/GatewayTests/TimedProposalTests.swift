import EventLoopIsolation
import NIOCore
import RoomModel
import Testing
import WireFormat

@testable import Gateway

@Suite struct TimedProposalTests {
    let ada = TimedProposal(
        by: ParticipantID(rawValue: "Qw5yR2mK9sHd1Jfe"),
        at: .uptimeNanoseconds(5)
    )

    @Test func `a batch that holds a commit of the participant is the answer`() {
        let own = #"{"revision":2,"at":9,"by":"Qw5yR2mK9sHd1Jfe","number":3,"edit":[1]}"#
        #expect(ada.isAnswered(by: batch(other, own)))
        #expect(ada.nanoseconds(until: .uptimeNanoseconds(12)) == 7)
    }

    @Test func `commits of others are none, even if they name the participant`() {
        let naming = #"{"revision":2,"at":9,"by":"x","edit":["\"by\":\"Qw5yR2mK9sHd1Jfe\""]}"#
        #expect(!ada.isAnswered(by: batch(other)))
        #expect(!ada.isAnswered(by: batch(other, naming)))
    }

    private let other = #"{"revision":1,"at":8,"by":"3tGx8Lq0VbNc7Zpa","number":1,"edit":["a"]}"#

    private func batch(_ commits: String...) -> CommitBatch {
        CommitBatch(
            epoch: Epoch(rawValue: 1),
            first: Revision(rawValue: 1),
            entries: commits.map { ByteBuffer(string: $0) }
        )
    }
}

@LoopActor
@Suite struct ProposalSamplerTests {
    @Test func `one proposal is timed in each interval, of whatever room`() {
        let sampler = ProposalSampler()
        let taken = (0..<200).filter { sampler.takes(at: $0) }
        #expect(taken == Array(stride(from: 0, to: 200, by: ProposalSampler.intervalMilliseconds)))
    }
}
