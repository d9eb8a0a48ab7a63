package import OperationalTransform

extension PendingEdits {
    /// What a commit means for the editor.
    package enum Received: Equatable, Sendable {
        /// Ours has its place in the log; `next` is to be sent now.
        case acknowledged(next: Proposal.Request?)
        /// Somebody else's: the operation is what the editor has to apply, if the text changed.
        case foreign(TextOperation?)
    }

    /// What a rejection means for the editor.
    package enum Refused: Equatable, Sendable {
        /// The same once more, under the same number: to be sent when the cause has passed, which
        /// is at once, or after a moment where the rate was too high.
        case again(Proposal.Request)
        /// The room has not reached the revision that the proposal was made at: it lost its end in a
        /// failure. What is here stays, and the room is to be joined anew.
        case ahead
        /// `undo` is for the editor, `text` for the one who wrote it; `next` is to be sent now.
        case takenBack(undo: TextOperation?, text: String, next: Proposal.Request?)
        /// About a proposal that is no longer in flight.
        case unknown
    }

    /// Takes the commit that follows `revision`.
    ///
    /// Throws where it cannot follow: the page and the log differ and the room is to be joined anew.
    /// `folded` is the document after the commit where this process has it already: copies of one
    /// document share their memory, so that many participants cost little more than one.
    package mutating func received(
        _ commit: Commit,
        folded: Document? = nil
    ) throws(FoldError) -> Received {
        guard commit.revision == revision.next else {
            throw .revisionGap(expected: revision.next, found: commit.revision)
        }
        let operation: TextOperation? =
            if case .edit(let operation) = commit.change { operation } else { nil }
        let isInFlight = try isInFlight(commit)
        if commit.by == participant, let number = commit.number { numbersStart(above: number) }
        do {
            // First what may fail: then nothing has changed.
            if let folded {
                document = folded
            } else if let operation {
                try document.apply(operation)
            }
            revision = commit.revision
            if isInFlight {
                inFlight = nil
                return .acknowledged(next: proposeNext())
            }
            // One of ours with another number is from before a reload: it comes as anybody's would.
            guard var incoming = operation else { return .foreign(nil) }
            try inFlight?.change.exchange(with: &incoming)
            for index in waiting.indices { try waiting[index].exchange(with: &incoming) }
            return .foreign(incoming)
        } catch {
            throw .doesNotApply(commit.revision)
        }
    }

    /// Whether the commit is the proposal in flight, which it has to equal then: both sides have
    /// transformed it over the same commits, or one of them errs.
    private func isInFlight(_ commit: Commit) throws(FoldError) -> Bool {
        guard commit.by == participant, let inFlight, commit.number == inFlight.number else {
            return false
        }
        guard inFlight.change.became(commit.change) else { throw .doesNotApply(commit.revision) }
        return true
    }

    /// Takes a rejection; what the participant wrote is never thrown away silently.
    package mutating func rejected(
        _ number: ProposalNumber,
        _ rejection: Rejection
    ) throws(OperationError) -> Refused {
        guard let refused = inFlight, refused.number == number else { return .unknown }
        if rejection == .futureRevision { return .ahead }
        return rejection.isPassing ? .again(request(refused)) : try takeBack(refused.change)
    }

    private mutating func takeBack(_ change: Change) throws(OperationError) -> Refused {
        inFlight = nil
        guard let operation = change.operation else {
            return .takenBack(undo: nil, text: change.wish?.text ?? "", next: proposeNext())
        }
        // d · in flight · waiting · undo = d · waiting′: the undoing moves to the end.
        var undo = try operation.inverted(over: document)
        for index in waiting.indices { try waiting[index].exchange(with: &undo) }
        return .takenBack(undo: undo, text: operation.insertedText, next: proposeNext())
    }

    // MARK: Offsets

    /// A place in the editor as a place in the committed document, for others to understand.
    package func committedOffset(_ offset: Int) -> Int {
        uncommitted.reversed().reduce(offset) { place, change in
            change.operation?.offsetBefore(place) ?? place
        }
    }

    /// A place in the committed document as a place in the editor.
    package func editorOffset(_ offset: Int) -> Int {
        uncommitted.reduce(offset) { place, change in
            change.operation?.transforming(offset: place) ?? place
        }
    }

    var uncommitted: [Change] { (inFlight.map { [$0.change] } ?? []) + waiting }
}

extension PendingEdits.Change {
    fileprivate func became(_ committed: Commit.Change) -> Bool {
        switch (self, committed) {
        case (.edit(let own, _), .edit(let operation)): own == operation
        case (.wish(let own), .granted(let wish)): own == wish
        default: false
        }
    }
}

extension Rejection {
    /// Whether it is about when and how a proposal came, not about what it asks for.
    ///
    /// Then it is proposed again under its number, and whoever refused it must not remember that:
    /// another copy may be on its way to be committed, and under two numbers both would be.
    package var isPassing: Bool {
        switch self {
        case .rateLimited, .tooOld, .futureRevision: true
        default: false
        }
    }
}
