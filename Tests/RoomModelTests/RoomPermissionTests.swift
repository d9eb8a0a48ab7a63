import OperationalTransform
import RoomModel
import Testing

@Suite struct RoomPermissionTests {
    static let one = ProposalNumber(rawValue: 1)

    /// Whether a participant of this role may do it in a room that is locked, ended, or neither.
    func outcome(
        of request: Proposal.Request,
        as role: Role,
        locked: Bool = false,
        ended: Bool = false
    ) -> Rejection? {
        let id = ParticipantID(rawValue: "p")
        let participant = Participant(
            id: id,
            name: "P",
            role: role,
            color: 0,
            connected: true,
            number: .none
        )
        var room = Room(
            Snapshot(
                text: "",
                language: "go",
                locked: locked,
                ended: ended,
                participants: [participant]
            )
        )
        do {
            _ = try room.commit(Proposal(by: id, role: role, request: request), at: 0)
            return nil
        } catch { return error }
    }

    static let edit = Proposal.Request.edit(number: one, base: .zero, operation: TextOperation())
    static let language = Proposal.Request.wish(number: one, .language("rust"))
    static let lock = Proposal.Request.wish(number: one, .locked(true))
    static let end = Proposal.Request.wish(number: one, .ended)

    static let title = Proposal.Request.wish(number: one, .title("Trees"))
    static let timer = Proposal.Request.wish(number: one, .timer(running: true, remaining: 1))
    static let chat = Proposal.Request.wish(number: one, .chat("hello"))
    static let hidden = Proposal.Request.wish(number: one, .hidden(true))
    static let pasted = Proposal.Request.wish(number: one, .pasted(300))

    @Test(arguments: [edit, language, lock, end, title, timer, chat, hidden, pasted])
    func `an interviewer may do everything`(request: Proposal.Request) {
        #expect(outcome(of: request, as: .interviewer) == nil)
        #expect(outcome(of: request, as: .interviewer, locked: true) == nil)
    }

    @Test func `a candidate edits and chooses the language`() {
        #expect(outcome(of: Self.edit, as: .candidate) == nil)
        #expect(outcome(of: Self.language, as: .candidate) == nil)
        #expect(outcome(of: Self.lock, as: .candidate) == .forbidden)
        #expect(outcome(of: Self.end, as: .candidate) == .forbidden)
    }

    @Test(arguments: [chat, hidden, pasted])
    func `a candidate talks and is recorded, in a locked room too`(request: Proposal.Request) {
        #expect(outcome(of: request, as: .candidate) == nil)
        #expect(outcome(of: request, as: .candidate, locked: true) == nil)
    }

    @Test(arguments: [title, timer])
    func `title and timer are the interviewer's`(request: Proposal.Request) {
        #expect(outcome(of: request, as: .candidate) == .forbidden)
    }

    @Test func `a lock keeps candidates from editing`() {
        #expect(outcome(of: Self.edit, as: .candidate, locked: true) == .locked)
    }

    @Test(arguments: [edit, language, lock, end, title, timer, chat, pasted])
    func `an observer only reads`(request: Proposal.Request) {
        #expect(outcome(of: request, as: .observer) == .forbidden)
    }

    @Test func `what is recorded of one is recorded of all`() {
        #expect(outcome(of: Self.hidden, as: .observer) == nil)
    }

    @Test(arguments: [
        edit, language, lock, end, title, timer, chat, hidden, pasted, .join(name: "Q"),
    ])
    func `nothing is changed after the end`(request: Proposal.Request) {
        #expect(outcome(of: request, as: .interviewer, ended: true) == .ended)
    }

    @Test func `a leave is recorded even after the end`() {
        #expect(outcome(of: .leave(.closed), as: .candidate, ended: true) == nil)
    }

    @Test func `who has not joined may not propose`() throws {
        var room = Room(Snapshot(text: "", language: "go"))
        let stranger = Proposal(by: .init(rawValue: "x"), role: .interviewer, request: Self.edit)
        #expect(throws: Rejection.forbidden) { try room.commit(stranger, at: 0) }
    }

    @Test func `a full room takes nobody new but lets its own come back`() throws {
        var room = Room(Snapshot(text: "", language: "go"))
        func join(_ name: String) throws {
            let proposal = Proposal(
                by: .init(rawValue: name),
                role: .observer,
                request: .join(name: name)
            )
            _ = try room.commit(proposal, at: 0)
        }
        for number in 1...Limits.Room.connectedMax { try join("p\(number)") }
        #expect(throws: Rejection.roomFull) { try join("one more") }
        #expect(throws: Never.self) { try join("p1") }
    }
}
