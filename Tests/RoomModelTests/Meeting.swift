import OperationalTransform
import RoomModel
import TestSupport

/// Some people in one room, everything between them in the hands of one random source.
///
/// The room is the real one behind the two refusals that stand before it in production: a gateway
/// that limits the rate, and an owner that remembers what it refused for good until it dies.
struct Meeting {
    private var random: SeededGenerator
    private var room: Room
    /// The text at each revision, from the first on: what everybody has to agree with.
    private var texts: [Document]
    private var log: [Commit] = []
    private var refused: [ParticipantID: (number: ProposalNumber, rejection: Rejection)] = [:]
    private var people: [Typist]
    private var marks = 0

    init(seed: UInt64) throws {
        random = SeededGenerator(seed: seed)
        let text = randomText(pieces: random.below(20), using: &random)
        room = Room(Snapshot(text: text, language: "c"))
        texts = [room.document]
        people = (0..<2 + random.below(4)).map { Typist(index: $0, text: text) }
        for person in people { try order(.join(name: "x"), by: person) }
    }

    // MARK: One step

    mutating func step() throws {
        let index = random.below(people.count)
        switch random.below(100) {
        case 0..<30: try type(index)
        case 30..<33: wish(index)
        case 33..<60: try receive(index)
        case 60..<85: try deliver(index)
        case 85..<89: people[index].loseOneProposal(&random)
        case 89..<94: people[index].sendAgain()
        case 94..<97: people[index].reconnect(log)
        case 97..<99: try people[index].reload()
        default: replaceOwner()
        }
        try people[index].check(texts)
    }

    private mutating func type(_ index: Int) throws {
        // A mark of its own in every edit tells afterwards where it went.
        marks += 1
        let mark = String(Unicode.Scalar(0xE000 + UInt16(marks)) ?? "?")
        let text = mark + randomText(pieces: random.below(3), using: &random)
        try people[index].type(text, mark: marks, &random)
    }

    private mutating func wish(_ index: Int) {
        let wishes: [Wish] = [
            .language("c"), .locked(true), .locked(false), .locked(false), .chat("hello"),
            .title("Trees"), .timer(running: true, remaining: 60_000), .hidden(true), .pasted(300),
        ]
        people[index].propose(
            random.chance(percent: 2) ? .ended : wishes[random.below(wishes.count)]
        )
    }

    private mutating func receive(_ index: Int) throws {
        if !people[index].inbox.isEmpty { try people[index].receive() }
    }

    /// Any copy of any proposal may come next, and come again.
    private mutating func deliver(_ index: Int) throws {
        guard !people[index].outbox.isEmpty else { return }
        let copy = random.below(people[index].outbox.count)
        let request = people[index].outbox[copy]
        if !random.chance(percent: 20) { people[index].outbox.remove(at: copy) }
        if random.chance(percent: 10), let number = request.number {
            people[index].inbox.append(.rejected(number, .rateLimited))
        } else {
            try order(request, by: people[index])
        }
    }

    /// The next owner knows the log, but neither old operations nor refusals.
    private mutating func replaceOwner() {
        room = Room(room.snapshot)
        refused = [:]
    }

    private mutating func order(_ request: Proposal.Request, by person: Typist) throws {
        let number = request.number ?? .none
        if let earlier = refused[person.id], number <= earlier.number {
            // Said again, because the first answer may be what was lost.
            people[person.index].inbox.append(.rejected(number, earlier.rejection))
            return
        }
        let proposal = Proposal(by: person.id, role: person.role, request: request)
        do {
            guard let commit = try room.commit(proposal, at: 1) else { return }
            log.append(commit)
            texts.append(room.document)
            for index in people.indices { people[index].inbox.append(.commit(commit)) }
        } catch {
            if !error.isPassing { refused[person.id] = (number, error) }
            people[person.index].inbox.append(.rejected(number, error))
        }
    }

    // MARK: The end

    /// Everybody is connected and nothing is lost any more, until there is nothing left to say.
    mutating func settle() throws {
        for index in people.indices { people[index].reconnect(log) }
        for _ in 0..<100 {
            for index in people.indices {
                while !people[index].inbox.isEmpty { try people[index].receive() }
                for request in people[index].takeOutbox() { try order(request, by: people[index]) }
            }
            if people.allSatisfy({ $0.isSettled(at: room.revision) }) { return }
        }
        throw Broken.neverSettled
    }

    func checkOutcome() throws {
        var committed: Set<Int> = []
        for case .edit(let operation) in log.map(\.change) {
            for mark in marksIn(operation.insertedText.utf16) {
                guard committed.insert(mark).inserted else { throw Broken.committedTwice(mark) }
            }
        }
        for person in people {
            guard person.editor == room.document.units else { throw Broken.textsDiffer }
            let lost = person.typed.subtracting(committed)
                .subtracting(person.takenBack).subtracting(person.deleted)
            guard lost.isEmpty else { throw Broken.lost(lost) }
        }
    }
}

enum Broken: Error {
    case neverSettled
    case committedTwice(Int)
    case textsDiffer
    case lost(Set<Int>)
    case editorDiffers(ParticipantID)
    case documentDiffers(ParticipantID)
}

func marksIn(_ units: some Sequence<UInt16>) -> Set<Int> {
    Set(units.filter { (0xE000..<0xF900).contains($0) }.map { Int($0) - 0xE000 })
}

extension Proposal.Request {
    fileprivate var number: ProposalNumber? {
        Proposal(by: ParticipantID(rawValue: ""), role: .observer, request: self).number
    }
}
