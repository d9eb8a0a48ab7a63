package import OperationalTransform

/// What a participant typed and asked for that has no place in the log yet: the browser's side of a
/// room.
///
/// States: nothing in flight → in flight → in flight with more waiting. A proposal moves the first
/// step, typing the second; the commit with our number moves one step back. With d the committed
/// document, the editor always shows d · in flight · waiting.
///
/// It decides only: what to send is returned. Twin of the TypeScript type of this name.
package struct PendingEdits: Equatable, Sendable {
    package let participant: ParticipantID
    /// The revision of `document`: the last commit received.
    package internal(set) var revision: Revision
    /// The committed text, without what is pending.
    ///
    /// It is kept to take an edit back: how to restore what the edit deleted stands here, whatever
    /// others have changed since.
    package internal(set) var document: Document
    var inFlight: InFlight?
    /// What comes after the proposal in flight, in order.
    ///
    /// Bounded by its nature: one edit at most, for what is typed composes, and one of each wish but
    /// of those that somebody writes or clicks.
    var waiting: [Change] = []
    var numberLast = ProposalNumber.none

    package init(participant: ParticipantID, revision: Revision, document: Document) {
        self.participant = participant
        self.revision = revision
        self.document = document
    }

    /// What one proposal asks for.
    package enum Change: Equatable, Sendable {
        /// `count` is how many edits of the editor it was composed of.
        case edit(TextOperation, count: Int)
        case wish(Wish)
    }

    /// A proposal that is sent and neither committed nor rejected.
    struct InFlight: Equatable, Sendable {
        var number: ProposalNumber
        var change: Change
    }

    /// How many changes that this participant made are not in the log yet.
    package var unsavedCount: Int {
        uncommitted.reduce(0) { sum, change in
            switch change {
            case .edit(_, let count): sum + count
            case .wish(let wish): sum + (wish.isReport ? 0 : 1)
            }
        }
    }

    /// Numbers grow across reconnects: none up to a known one is used again.
    package mutating func numbersStart(above number: ProposalNumber) {
        numberLast = max(numberLast, number)
    }

    // MARK: Proposing

    /// Takes an operation that the editor shows already; what is returned is to be sent now.
    package mutating func proposeEdit(
        _ operation: TextOperation
    ) throws(OperationError) -> Proposal.Request? {
        guard !operation.isIdentity else { return nil }
        if let index = waiting.lastIndex(where: \.isEdit),
            case .edit(let earlier, let count) = waiting[index]
        {
            let composed = try earlier.composing(operation)
            waiting[index] = .edit(composed, count: count + 1)
            // What was typed and taken away again needs no place in the log.
            if composed.isIdentity { waiting.remove(at: index) }
        } else {
            waiting.append(.edit(operation, count: 1))
        }
        return proposeNext()
    }

    /// Asks for something else than an edit; it waits behind what was typed before it.
    ///
    /// It may be one with a wish that still waits.
    package mutating func propose(_ wish: Wish) -> Proposal.Request? {
        for (index, change) in waiting.enumerated() {
            guard let joined = change.wish?.joining(wish) else { continue }
            waiting[index] = .wish(joined)
            return proposeNext()
        }
        waiting.append(.wish(wish))
        return proposeNext()
    }

    /// The proposal in flight once more, after a new epoch, a resume or a silence.
    ///
    /// It has the same number, so it is committed once, and reads against the current revision.
    package mutating func sendAgain() -> Proposal.Request? {
        inFlight.map(request) ?? proposeNext()
    }

    mutating func proposeNext() -> Proposal.Request? {
        guard inFlight == nil, !waiting.isEmpty else { return nil }
        numberLast = ProposalNumber(rawValue: numberLast.rawValue + 1)
        let next = InFlight(number: numberLast, change: waiting.removeFirst())
        inFlight = next
        return request(next)
    }

    func request(_ proposal: InFlight) -> Proposal.Request {
        let number = proposal.number
        return switch proposal.change {
        case .edit(let operation, _): .edit(number: number, base: revision, operation: operation)
        case .wish(let wish): .wish(number: number, wish)
        }
    }
}

extension PendingEdits.Change {
    var isEdit: Bool { operation != nil }

    var operation: TextOperation? {
        if case .edit(let operation, _) = self { operation } else { nil }
    }

    var wish: Wish? {
        if case .wish(let wish) = self { wish } else { nil }
    }

    /// Lets a concurrent operation pass: this change and that operation are rewritten so that this
    /// one can follow it, and it can follow this one.
    mutating func exchange(with operation: inout TextOperation) throws(OperationError) {
        guard case .edit(let own, let count) = self else { return }
        let transformed = try TextOperation.transform(own, operation)
        self = .edit(transformed.aPrime, count: count)
        operation = transformed.bPrime
    }
}
