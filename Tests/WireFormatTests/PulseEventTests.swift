import NIOCore
import RoomModel
import Testing
import WireFormat

@Suite struct PulseEventTests {
    private func read(_ text: String) -> PulseEvent? { PulseEvent(ByteBuffer(string: text)) }

    @Test(arguments: [
        (#"{"idle":true,"later":[1]}"#, #"{"by":"bob","idle":true}"#),
        (#"{"roundTrip":null,"idle":false}"#, #"{"by":"bob","idle":false}"#),
        (#"{"roundTrip":48,"idle":false}"#, #"{"by":"bob","idle":false,"roundTrip":48}"#),
    ])
    func `a pulse is passed on with whose it is`(text: String, passedOn: String) throws {
        let pulse = try #require(read(text))
        #expect(String(buffer: pulse.pulse(by: ParticipantID(rawValue: "bob"))) == passedOn)
    }

    @Test(arguments: [
        ("0", true), ("60000", true), ("60001", false), ("-1", false), ("1.5", false),
    ])
    func `a round trip takes a minute at most`(milliseconds: String, isRead: Bool) {
        #expect(Limits.Socket.roundTripMillisecondsMax == 60_000)
        #expect((read(#"{"idle":true,"roundTrip":\#(milliseconds)}"#) != nil) == isRead)
    }

    @Test(arguments: ["", "{", "[]", "null", "{}", #"{"idle":1}"#, #"{"idle":true} {}"#])
    func `what is not a pulse is passed over`(text: String) {
        #expect(read(text) == nil)
    }

    @Test func `a pulse has no more bytes than presence may have`() {
        let padding = String(repeating: " ", count: Limits.Socket.presenceBytesMax)
        #expect(read(#"{"idle":true}"# + padding) == nil)
    }
}
