import OperationalTransform
import RoomModel

/// What the people of one room were told, each revision once.
///
/// Everybody holds a view of their own: a `PendingEdits` with a document at their revision. What they
/// share is memory. Whoever is told of a revision first folds it here; everyone after compares the
/// commit they received with the one that stands here, and takes the folded document only if they
/// are equal in every member. So equal documents are concluded from equal logs, never assumed, and a
/// person costs the same whatever the length of the text. Who comes from a snapshot, or is further
/// back than the ledger remembers, folds alone until both stand at one revision and then compares
/// the documents themselves.
struct CommitLedger {
    struct Entry {
        let commit: Commit
        let document: Document
        /// When what it holds was meant to be typed; negative for what was typed offline.
        let strokes: [Int]
        fileprivate var takenBy = 1
    }

    enum Fault: Error, Equatable {
        /// Two people were told different things of one revision.
        case differs(Revision)
        case doesNotApply(Revision)
    }

    private(set) var revision: Revision
    private(set) var document: Document
    /// The newest commits that not everybody has been told of; the last one is at `revision`.
    private var entries: [Entry] = []

    /// More would be memory for people who are far behind: they fold alone.
    private static let entriesMax = 256

    init(revision: Revision, document: Document) {
        self.revision = revision
        self.document = document
    }

    /// Takes what somebody was told; nil where it is too old to be compared or too new to be folded.
    ///
    /// `strokes` are asked for when the commit is news.
    mutating func take(
        _ commit: Commit,
        expected: Int,
        strokes: () -> [Int]
    ) throws(Fault) -> Entry? {
        if commit.revision == revision.next { return try fold(commit, strokes()) }
        let index = entries.count - 1 - (revision.rawValue - commit.revision.rawValue)
        guard commit.revision <= revision, index >= 0 else { return nil }
        guard entries[index].commit == commit else { throw .differs(commit.revision) }
        entries[index].takenBy += 1
        let entry = entries[index]
        if index == 0 { forget(expected: expected) }
        return entry
    }

    /// The document at a revision, if it is still known.
    func document(at wanted: Revision) -> Document? {
        if wanted == revision { return document }
        let index = entries.count - 1 - (revision.rawValue - wanted.rawValue)
        return wanted < revision && index >= 0 ? entries[index].document : nil
    }

    private mutating func fold(_ commit: Commit, _ strokes: [Int]) throws(Fault) -> Entry {
        if case .edit(let operation) = commit.change {
            do { try document.apply(operation) } catch { throw .doesNotApply(commit.revision) }
        }
        revision = commit.revision
        if entries.count >= Self.entriesMax { entries.removeFirst() }
        let entry = Entry(commit: commit, document: document, strokes: strokes)
        entries.append(entry)
        return entry
    }

    private mutating func forget(expected: Int) {
        let done = entries.prefix { $0.takenBy >= expected }.count
        entries.removeFirst(done)
    }
}
