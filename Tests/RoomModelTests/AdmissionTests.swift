import OperationalTransform
import RoomModel
import Testing

/// Who has to wait, and who need not any more.
@Suite struct AdmissionTests {
    let ada = ParticipantID(rawValue: "ada")
    let bob = ParticipantID(rawValue: "bob")
    let eve = ParticipantID(rawValue: "eve")

    /// A room that asks, with an interviewer, Ada, and a candidate, Bob, who waits.
    private func room() throws -> Room {
        var room = Room(Snapshot(text: "", language: "go", admission: .ask))
        try commit(.join(name: "Ada"), by: ada, as: .interviewer, in: &room)
        try commit(.join(name: "Bob"), by: bob, in: &room)
        return room
    }

    @discardableResult
    private func commit(
        _ request: Proposal.Request,
        by participant: ParticipantID,
        as role: Role = .candidate,
        in room: inout Room
    ) throws -> Commit? {
        try room.commit(Proposal(by: participant, role: role, request: request), at: 1)
    }

    private func number(_ number: Int) -> ProposalNumber { ProposalNumber(rawValue: number) }

    private func waits(_ participant: ParticipantID, in room: Room) -> Bool? {
        room.roster[participant]?.waiting
    }

    @Test func `a candidate waits where the room asks, and nobody else does`() throws {
        var room = try room()
        try commit(.join(name: "Olga"), by: eve, as: .observer, in: &room)
        #expect(waits(ada, in: room) == false)
        #expect(waits(bob, in: room) == true)
        #expect(waits(eve, in: room) == false)
    }

    @Test func `who is let in need not wait any more, nor when they come back`() throws {
        var room = try room()
        let commit = try commit(
            .wish(number: number(1), .admitted(bob)),
            by: ada,
            as: .interviewer,
            in: &room
        )
        #expect(commit?.change == .granted(.admitted(bob)))
        #expect(waits(bob, in: room) == false)
        try self.commit(.leave(.lost), by: bob, in: &room)
        try self.commit(.join(name: "Bob"), by: bob, in: &room)
        #expect(waits(bob, in: room) == false)
    }

    @Test func `who leaves while they wait waits again when they come back`() throws {
        var room = try room()
        try commit(.leave(.lost), by: bob, in: &room)
        try commit(.join(name: "Bob"), by: bob, in: &room)
        #expect(waits(bob, in: room) == true)
    }

    @Test func `who was let in while they were away comes straight in`() throws {
        var room = try room()
        try commit(.leave(.lost), by: bob, in: &room)
        try commit(.wish(number: number(1), .admitted(bob)), by: ada, as: .interviewer, in: &room)
        try commit(.join(name: "Bob"), by: bob, in: &room)
        #expect(waits(bob, in: room) == false)
    }

    @Test func `a room that opens lets everybody in, and asks the next again when told to`() throws
    {
        var room = try room()
        let open = Proposal.Request.wish(number: number(1), .admission(.open))
        try commit(open, by: ada, as: .interviewer, in: &room)
        #expect(waits(bob, in: room) == false)
        let ask = Proposal.Request.wish(number: number(2), .admission(.ask))
        try commit(ask, by: ada, as: .interviewer, in: &room)
        #expect(waits(bob, in: room) == false)
        try commit(.join(name: "Eve"), by: eve, in: &room)
        #expect(waits(eve, in: room) == true)
    }

    static let one = ProposalNumber(rawValue: 1)

    @Test(
        arguments: [
            .edit(number: one, base: .zero, operation: TextOperation()),
            .wish(number: one, .language("c")),
            .wish(number: one, .locked(true)), .wish(number: one, .ended),
            .wish(number: one, .chat("hi")),
            .wish(number: one, .hidden(true)), .wish(number: one, .admission(.open)),
            .wish(number: one, .admitted(ParticipantID(rawValue: "bob"))),
        ] as [Proposal.Request]
    )
    func `nothing is committed of who waits, least of all their own admission`(
        request: Proposal.Request
    ) throws {
        var room = try room()
        #expect(throws: Rejection.waiting) { try commit(request, by: bob, in: &room) }
        #expect(waits(bob, in: room) == true)
    }

    @Test(arguments: [Role.candidate, .observer])
    func `only an interviewer lets in, and says whether the room asks`(role: Role) throws {
        var room = try room()
        try commit(.wish(number: number(1), .admitted(bob)), by: ada, as: .interviewer, in: &room)
        try commit(.join(name: "Eve"), by: eve, in: &room)
        for request in [
            .wish(number: number(1), .admitted(eve)), .wish(number: number(1), .admission(.open)),
        ] as [Proposal.Request] {
            #expect(throws: Rejection.forbidden) {
                try commit(request, by: bob, as: role, in: &room)
            }
        }
        #expect(waits(eve, in: room) == true)
    }

    @Test func `whom the room does not know nobody lets in`() throws {
        var room = try room()
        #expect(throws: Rejection.invalidProposal) {
            try commit(
                .wish(number: number(1), .admitted(eve)),
                by: ada,
                as: .interviewer,
                in: &room
            )
        }
    }

    @Test func `two interviewers may let the same one in`() throws {
        var room = try room()
        for number in 1...2 {
            let admit = Proposal.Request.wish(number: self.number(number), .admitted(bob))
            #expect(try commit(admit, by: ada, as: .interviewer, in: &room) != nil)
        }
        #expect(waits(bob, in: room) == false)
    }

    @Test func `who waits takes a place in the room`() throws {
        var room = try room()
        for number in 3...Limits.Room.connectedMax {
            try commit(.join(name: "P"), by: .init(rawValue: "p\(number)"), in: &room)
        }
        #expect(throws: Rejection.roomFull) { try commit(.join(name: "Eve"), by: eve, in: &room) }
    }

    @Test func `a room made of the snapshot goes on asking`() throws {
        var room = Room(try room().snapshot)
        #expect(waits(bob, in: room) == true)
        try commit(.join(name: "Eve"), by: eve, in: &room)
        #expect(waits(eve, in: room) == true)
    }
}
