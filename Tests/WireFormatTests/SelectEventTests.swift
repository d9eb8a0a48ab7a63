import NIOCore
import RoomModel
import Testing
import WireFormat

@Suite struct SelectEventTests {
    private func read(_ text: String) -> SelectEvent? { SelectEvent(ByteBuffer(string: text)) }

    private func selections(_ count: Int, _ one: String = "[1,2]") -> String {
        let all = Array(repeating: one, count: count).joined(separator: ",")
        return #"{"revision":7,"selections":[\#(all)]}"#
    }

    @Test func `selections become the presence of whoever sent them`() throws {
        let event = try #require(read(#"{"later":{},"selections":[[3,1],[4,4]],"revision":7}"#))
        let presence = event.presence(by: ParticipantID(rawValue: "bob"))
        #expect(
            String(buffer: presence) == #"{"by":"bob","revision":7,"selections":[[3,1],[4,4]]}"#
        )
    }

    @Test(arguments: [(0, true), (1, true), (32, true), (33, false)])
    func `there are as many selections as others are shown`(count: Int, isRead: Bool) {
        #expect(Limits.Socket.selectionsMax == 32)
        #expect(read(selections(count))?.selections.count == (isRead ? count : nil))
    }

    @Test(arguments: [
        ("[0,0]", true), ("[1048576,0]", true), ("[0,1048577]", false), ("[-1,0]", false),
        ("[9223372036854775807,0]", false), ("[99999999999999999999,0]", false),
        ("[]", false), ("[1]", false), ("[1,2,3]", false), ("[1.5,2]", false), ("1", false),
        (#"["1",2]"#, false), ("null", false),
    ])
    func `a selection is two offsets that a document can have`(one: String, isRead: Bool) {
        #expect((read(selections(1, one)) != nil) == isRead)
    }

    @Test(arguments: ["", "{", "[]", "null", #"{"selections":{}}"#, #"{"revision":"7"}"#, "{} {}"])
    func `what is not a selection is passed over`(text: String) {
        #expect(read(text) == nil)
    }

    @Test func `without selections somebody has none, and a revision below 0 counts as 0`() {
        #expect(read("{}")?.selections == [])
        #expect(read(#"{"revision":-7}"#)?.revision == .zero)
    }

    @Test(arguments: [(0, true), (1, false)])
    func `an argument longer than presence may be is passed over`(more: Int, isRead: Bool) {
        let text = selections(1)
        let padding = String(
            repeating: " ",
            count: Limits.Socket.presenceBytesMax - text.utf8.count + more
        )
        #expect((read(text + padding) != nil) == isRead)
    }
}
