import JSONText
import NIOCore
import RoomModel
import Testing
import WireFormat

@Suite struct NoteEventTests {
    static let id = "k2Xb7Ck9Rt4Lq8Wd"

    private func read(_ text: String) throws -> NoteEvent {
        try NoteEvent(ByteBuffer(string: text))
    }

    /// The argument with a text of so many code units.
    private func note(ofLength length: Int) -> String {
        #"{"id":"\#(Self.id)","text":"\#(String(repeating: "😀", count: length / 2))"}"#
    }

    @Test func `a note is read, in whatever order its keys stand`() throws {
        let note = try read(#"{"text":"a\n\"b\"","later":[{}],"id":"\#(Self.id)"}"#)
        #expect(note.id == Self.id)
        #expect(note.text == "a\n\"b\"")
    }

    @Test func `a note without text is one to be deleted`() throws {
        #expect(try read(#"{"id":"\#(Self.id)","text":""}"#).text == "")
    }

    @Test func `a note may be as long as its bound, in UTF-16 code units`() throws {
        #expect(try read(note(ofLength: Limits.Room.noteLengthMax)).text.utf16.count == 4_000)
        let malformed = #expect(throws: NoteEvent.Malformed.self) {
            try read(note(ofLength: Limits.Room.noteLengthMax + 2))
        }
        #expect(malformed?.rejection == .tooLarge)
        #expect(malformed?.id == Self.id)
    }

    @Test(arguments: [
        (#"{"id":"k2Xb7Ck9Rt4Lq8Wd"}"#, id), (#"{"id":"k2Xb7Ck9Rt4Lq8Wd","text":1}"#, id),
        (#"{"id":"k2Xb7Ck9Rt4Lq8Wd","text":"x"} {}"#, id),
        (#"{"id":"k2Xb7Ck9Rt4Lq8W","text":"x"}"#, ""),
        (#"{"id":"k2Xb7Ck9Rt4Lq8Wdd","text":"x"}"#, ""),
        (#"{"id":"k2Xb7Ck9Rt4Lq8W\"","text":"x"}"#, ""),
        (#"{"id":7,"text":"x"}"#, ""), (#"{"text":"x"}"#, ""), ("{}", ""), ("[]", ""), ("", ""),
    ])
    func `what is not a note is refused, by its name where it has one`(text: String, id: String) {
        let malformed = #expect(throws: NoteEvent.Malformed.self) { try read(text) }
        #expect(malformed == NoteEvent.Malformed(id: id, rejection: .invalidProposal))
        #expect(NoteEvent.id(in: ByteBuffer(string: text)) == id)
    }

    @Test func `a refusal names the note and no number of a proposal`() {
        let refusal = String(buffer: RoomMessage.rejected(note: Self.id, .forbidden))
        #expect(refusal.hasPrefix(#"{"number":0,"note":"k2Xb7Ck9Rt4Lq8Wd","code":"forbidden","#))
        let tooLarge = String(buffer: RoomMessage.rejected(note: Self.id, .tooLarge))
        #expect(tooLarge.contains("4000"))
    }
}
