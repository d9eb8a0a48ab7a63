import EventLoopIsolation
import NIOCore
import OperationalTransform
import RoomModel

/// One session of the run, and everybody in it.
@LoopActor
final class LoadRoom {
    let index: Int
    let initialText: String
    private(set) var people: [Person] = []
    private var byParticipant: [ParticipantID: Person] = [:]
    private(set) var session: Session?
    var ledger: CommitLedger?
    /// What was wrong here, in words, the first of each kind; the number counts all.
    private(set) var faults: [String] = []
    private(set) var faultCount = 0
    /// How many should be told of each commit: who is in the room, or would be had it not lost them.
    var listeners = 0
    /// The last `commits` that came, as bytes and decoded: a gateway sends everybody the same.
    private var lastJSON = ByteBuffer()
    private var lastCommits: [Commit] = []

    struct Session {
        let id: String
        let tokens: [Role: String]
    }

    init(index: Int, initialText: String) {
        self.index = index
        self.initialText = initialText
    }

    func created(_ session: Session, people: [Person]) {
        self.session = session
        self.people = people
    }

    func token(_ role: Role) -> String { session?.tokens[role] ?? "" }

    func entered(_ person: Person, as participant: ParticipantID) {
        byParticipant[participant] = person
    }

    func left(_ participant: ParticipantID) { byParticipant[participant] = nil }

    /// Something to be told of that is no fault.
    func note(_ text: String) {
        if faults.count < 3 { faults.append(text) }
    }

    func fault(_ text: String) {
        faultCount += 1
        if faults.count < 3 { faults.append(text) }
    }

    // MARK: Commits

    /// The commits of an event; decoded once for all who receive the same bytes.
    func commits(in json: ByteBuffer) throws -> [Commit] {
        if json == lastJSON { return lastCommits }
        lastCommits = try [Commit](commitsJSON: json)
        // A copy: what was received is part of a buffer for reading, of which there are few.
        lastJSON.clear()
        lastJSON.writeImmutableBuffer(json)
        return lastCommits
    }

    /// Takes what somebody was told into the ledger, and counts it for its author if it is news.
    func take(_ commit: Commit) -> CommitLedger.Entry? {
        guard let revision = ledger?.revision else { return nil }
        let author = byParticipant[commit.by]
        do throws(CommitLedger.Fault) {
            let entry = try ledger?.take(commit, expected: listeners) {
                author?.strokesInFlight(commit.number) ?? []
            }
            if ledger?.revision != revision { committed(commit, author) }
            return entry
        } catch {
            fault("\(error)")
            return nil
        }
    }

    private func committed(_ commit: Commit, _ author: Person?) {
        guard let number = commit.number else { return }
        guard let author else {
            return fault("revision \(commit.revision.rawValue) is by nobody of this run")
        }
        if !author.counts(number) {
            fault("proposal \(number.rawValue) of \(author.name) was committed twice")
        }
    }
}
