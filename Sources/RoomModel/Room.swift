// Hot path 4 of 6: orders one proposal. Next: RoomChannels+Commit.swift.

package import OperationalTransform

/// A room as the fold of its log, and the one place where proposals become commits.
///
/// Pure: equal commits in equal order make equal rooms, on every owner and in every test.
package struct Room: Sendable {
    package private(set) var revision: Revision
    package private(set) var document: Document
    package private(set) var language: String
    package private(set) var locked: Bool
    package private(set) var ended: Bool
    package private(set) var title: String?
    package private(set) var timer: Countdown?
    package private(set) var admission: Admission
    package private(set) var roster: Roster
    package private(set) var journal: Journal
    /// A newer version put something into the room that this one does not know, so that a snapshot
    /// written from here would lack it: the log, and the snapshot there is, have it.
    package private(set) var holdsUnknown: Bool
    private var history: EditHistory

    package init(_ snapshot: Snapshot) {
        revision = snapshot.revision
        document = Document(snapshot.text)
        language = snapshot.language
        locked = snapshot.locked
        ended = snapshot.ended
        title = snapshot.title
        timer = snapshot.timer
        admission = snapshot.admission
        roster = Roster(snapshot.participants)
        journal = snapshot.journal
        holdsUnknown = snapshot.holdsUnknown
        history = EditHistory(start: snapshot.revision)
    }

    /// Decides about one proposal: the commit it became, or nil where it was committed before.
    ///
    /// A rejection leaves the room as it was.
    package mutating func commit(_ proposal: Proposal, at: Int) throws(Rejection) -> Commit? {
        if isKnown(proposal) { return nil }
        try checkPermission(of: proposal)
        let commit = Commit(
            revision: revision.next,
            at: at,
            by: proposal.by,
            number: proposal.number,
            change: try change(for: proposal)
        )
        record(commit)
        return commit
    }

    /// Takes over a commit that is in the log already.
    ///
    /// Throws where it cannot follow: the log is then not the one this room belongs to.
    package mutating func fold(_ commit: Commit) throws(FoldError) {
        guard commit.revision == revision.next else {
            throw .revisionGap(expected: revision.next, found: commit.revision)
        }
        if case .edit(let operation) = commit.change {
            do { try document.apply(operation) } catch { throw .doesNotApply(commit.revision) }
        }
        record(commit)
    }

    package var snapshot: Snapshot {
        var snapshot = Snapshot(
            revision: revision,
            text: document.text,
            language: language,
            locked: locked,
            ended: ended,
            admission: admission,
            participants: roster.participants
        )
        snapshot.title = title
        snapshot.timer = timer
        snapshot.journal = journal
        return snapshot
    }

    /// Puts operations from before the room's snapshot under the history, so that edits made just
    /// before an owner died are still transformed by the next one.
    package mutating func prependHistory(_ earlier: [Commit]) {
        guard let first = earlier.first, history.start == revision,
            // With a gap, every edit would be transformed over others than it missed.
            first.revision.rawValue + earlier.count == revision.next.rawValue
        else { return }
        history = EditHistory(start: Revision(rawValue: first.revision.rawValue - 1))
        for commit in earlier { history.append(commit.change.operation) }
    }

    // MARK: Deciding

    /// Sending twice is harmless: numbers grow, so whatever is not above the last is a repetition.
    private func isKnown(_ proposal: Proposal) -> Bool {
        guard let number = proposal.number, let participant = roster[proposal.by] else {
            return false
        }
        return number <= participant.number
    }

    /// Produces the change and, for an edit, has applied it to the document.
    private mutating func change(for proposal: Proposal) throws(Rejection) -> Commit.Change {
        switch proposal.request {
        case .edit(_, let base, let operation): .edit(try order(operation, from: base))
        case .wish(_, let wish): .granted(wish)
        case .join(let name): .joined(arrival(of: proposal, named: name))
        case .leave(let reason): .left(reason)
        }
    }

    /// Who was let in stays so; interviewers and observers never wait.
    private func arrival(of proposal: Proposal, named name: String) -> Commit.Arrival {
        Commit.Arrival(
            name: name,
            role: proposal.role,
            color: roster.color(for: proposal.by),
            waiting: admission == .ask && proposal.role == .candidate
                && !roster.isLetIn(proposal.by)
        )
    }

    /// Brings the operation up to date, checks it and applies it.
    private mutating func order(
        _ operation: TextOperation,
        from base: Revision
    ) throws(Rejection) -> TextOperation {
        guard base <= revision else { throw .futureRevision }
        let transformed = try history.transforming(operation, from: base)
        guard transformed.baseLength == document.length else { throw .lengthMismatch }
        guard transformed.targetLength <= Limits.Room.documentLengthMax else { throw .tooLarge }
        do { try document.apply(transformed) } catch { throw .invalidOperation }
        return transformed
    }

    private mutating func record(_ commit: Commit) {
        revision = commit.revision
        history.append(commit.change.operation)
        journal.record(commit)
        roster.record(commit)
        switch commit.change {
        case .edit, .joined, .left: break
        case .unknown: holdsUnknown = true
        case .granted(let wish): grant(wish, at: commit.at)
        }
    }

    private mutating func grant(_ wish: Wish, at: Int) {
        switch wish {
        case .language(let language): self.language = language
        case .locked(let locked): self.locked = locked
        case .ended: ended = true
        case .title(let title): self.title = title
        case .timer(let running, let remaining):
            timer = Countdown(running: running, remaining: remaining, at: at)
        case .admission(let admission): self.admission = admission
        // These are for the roster and for the journal.
        case .admitted, .chat, .hidden, .pasted: break
        }
    }
}

/// Why a commit could not follow the room's state: the log is damaged or of another room.
package enum FoldError: Error, Equatable {
    case revisionGap(expected: Revision, found: Revision)
    case doesNotApply(Revision)
}

extension Commit.Change {
    fileprivate var operation: TextOperation? {
        if case .edit(let operation) = self { operation } else { nil }
    }
}
