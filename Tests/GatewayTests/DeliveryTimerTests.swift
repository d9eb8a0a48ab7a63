import EventLoopIsolation
import NIOCore
import RoomModel
import Testing
import WireFormat

@testable import Gateway

@Suite struct DeliveryTimerTests {
    private var timer = DeliveryTimer()
    private let ada = ParticipantID(rawValue: "Qw5yR2mK9sHd1Jfe")
    private let bob = ParticipantID(rawValue: "3tGx8Lq0VbNc7Zpa")
    private let own = #"{"revision":2,"at":9,"by":"Qw5yR2mK9sHd1Jfe","number":3,"edit":[1]}"#
    private let other = #"{"revision":1,"at":8,"by":"3tGx8Lq0VbNc7Zpa","number":1,"edit":["a"]}"#

    init() { timer.began(proposal(by: ada), at: .uptimeNanoseconds(5)) }

    @Test mutating func `a batch that holds a commit of the participant is the answer`() {
        #expect(timer.ended(by: batch(other, own), at: .uptimeNanoseconds(12)) == 7)
        #expect(timer.ended(by: batch(own), at: .uptimeNanoseconds(13)) == nil)
    }

    @Test mutating func `commits of others are none, even if they name the participant`() {
        let naming = #"{"revision":2,"at":9,"by":"x","edit":["\"by\":\"Qw5yR2mK9sHd1Jfe\""]}"#
        #expect(timer.ended(by: batch(other), at: .now()) == nil)
        #expect(timer.ended(by: batch(other, naming), at: .now()) == nil)
    }

    @Test mutating func `one proposal is timed at a time`() {
        timer.began(proposal(by: bob), at: .uptimeNanoseconds(6))
        #expect(timer.ended(by: batch(other), at: .now()) == nil)
        #expect(timer.ended(by: batch(own), at: .uptimeNanoseconds(9)) == 4)
    }

    @Test mutating func `what will have no commit makes place for the next`() {
        timer.gaveUp(on: bob)
        timer.gaveUp(on: ada)
        timer.began(proposal(by: bob), at: .uptimeNanoseconds(6))
        #expect(timer.ended(by: batch(own, other), at: .uptimeNanoseconds(9)) == 3)
    }

    private func proposal(by participant: ParticipantID) -> OwnerMessage {
        let sender = OwnerMessage.Sender(
            connection: ConnectionID(rawValue: "g1.x"),
            participant: participant,
            role: .candidate
        )
        return .proposal(.edit, sender, body: ByteBuffer())
    }

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
