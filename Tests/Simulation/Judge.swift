import OperationalTransform
import RoomModel

/// Compares what everybody sees and was told with the log, and with nothing else.
struct Judge {
    private let cluster: Cluster
    private let log: [Commit]
    private let inserted: [Unicode.Scalar]
    /// A power failure excuses what Redis lost, as long as people were told.
    private let lostTail: Bool

    init(_ cluster: Cluster) {
        self.cluster = cluster
        log = cluster.redis.log
        inserted = log.flatMap { commit -> [Unicode.Scalar] in
            guard case .edit(let operation) = commit.change else { return [] }
            return Array(marks(in: operation.insertedText))
        }
        lostTail = cluster.faults[.redisLosesItsTail] != nil
    }

    func brokenPromises() throws -> [String] {
        var broken = try fold()
        if Set(inserted).count != inserted.count { broken.append("an edit was doubled") }
        broken += numbers()
        broken += future()
        for browser in cluster.browsers { broken += judge(browser) }
        return broken
    }

    /// Everybody has the text of their revision, and nobody did what they may not.
    private func fold() throws -> [String] {
        var broken: [String] = []
        var room = Room(cluster.start)
        var snapshot = cluster.redis.snapshot
        snapshot.holdsUnknown = false
        var states = [(text: room.document, journal: room.journal)]
        let roles = Dictionary(
            uniqueKeysWithValues: cluster.browsers.map { ($0.participant, $0.role) }
        )
        for commit in log {
            if !isAllowed(commit, roles[commit.by], in: room) {
                broken.append("\(commit.by.rawValue) did what they may not: \(commit.change)")
            }
            try room.fold(commit)
            states.append((room.document, room.journal))
            if room.revision == snapshot.revision, room.snapshot != snapshot {
                broken.append("the snapshot at \(room.revision) is not the fold of the log")
            }
        }
        return broken + cluster.browsers.compactMap { wrongView(of: $0, states) }
    }

    private func wrongView(
        of browser: SimulatedBrowser,
        _ states: [(text: Document, journal: Journal)]
    ) -> String? {
        guard let pending = browser.pending, !holdsWhatWasLost(browser) else { return nil }
        let revision = pending.revision.rawValue
        let name = browser.participant.rawValue
        if !browser.isShutOut, revision != log.count {
            return "\(name) is at \(revision) of \(log.count)"
        }
        let (text, journal) = states[revision]
        if pending.document != text || browser.editor != text { return "\(name) sees another text" }
        if browser.journal != journal {
            return "\(name) lists what did not happen, or not all of it"
        }
        if !lists(journal, whatMattersThrough: revision) {
            return "\(name) misses what pages' reports have pushed out"
        }
        return nil
    }

    /// Shut out of a session that has ended, nobody is told any more what a power failure took back.
    private func holdsWhatWasLost(_ browser: SimulatedBrowser) -> Bool {
        guard browser.isShutOut, lostTail, let place = browser.place else { return false }
        let index = place.revision.rawValue - 1
        return index >= log.count || index >= 0 && !place.agrees(with: log[index].at)
    }

    /// Whatever pages report, so many of the other events are there.
    private func lists(_ journal: Journal, whatMattersThrough revision: Int) -> Bool {
        let most = Limits.Room.journalCommitsMax - Limits.Room.journalHiddenMax
        let matters = log.prefix(revision).filter { commit in
            switch commit.change {
            case .edit, .granted(.hidden): false
            default: true
            }
        }
        return Set(journal.commits.map(\.revision)).isSuperset(
            of: matters.suffix(most).map(\.revision)
        )
    }

    /// What newer owners committed stays as they wrote it, and no snapshot of ours stands for it.
    private func future() -> [String] {
        var broken: [String] = []
        let isLost = cluster.futureCommits.contains { !log.contains($0) }
        if isLost, !lostTail { broken.append("a commit of a newer version is lost") }
        let snapshot = cluster.redis.snapshot
        if !snapshot.holdsUnknown,
            log.prefix(snapshot.revision.rawValue).contains(where: \.isUnknown)
        {
            broken.append("a snapshot lacks what a newer version committed")
        }
        return broken
    }

    private func isAllowed(_ commit: Commit, _ role: Role?, in room: Room) -> Bool {
        let waits = room.roster[commit.by]?.waiting
        switch commit.change {
        case .left, .unknown: return true
        case _ where room.ended: return false
        case .joined(let arrival):
            let mustWait = room.admission == .ask && role == .candidate && waits ?? true
            return arrival.waiting == mustWait
        case _ where waits != false: return false
        case .edit: return role != .observer && !(room.locked && role == .candidate)
        case .granted(let wish): return isAllowed(wish, role)
        }
    }

    private func isAllowed(_ wish: Wish, _ role: Role?) -> Bool {
        switch wish {
        case .language, .chat, .pasted: role != .observer
        case .hidden: true
        case .locked, .ended, .title, .timer, .admission, .admitted: role == .interviewer
        }
    }

    /// Interviewers have the notes that are kept, those they wrote among them, and nobody else has any.
    private func notes(of browser: SimulatedBrowser) -> [String] {
        let name = browser.participant.rawValue
        let kept = cluster.redis.notes.mapValues(\.text)
        guard browser.role.hasNotes else {
            return browser.book.saved.isEmpty ? [] : ["\(name) was told a private note"]
        }
        if browser.isShutOut { return [] }
        var broken = browser.book.saved == kept ? [] : ["\(name) has other notes than are kept"]
        let lost = browser.book.answered.filter { kept[$0.key] ?? "" != $0.value }
        if !lost.isEmpty, !lostTail { broken.append("\(name) has lost notes: \(lost.keys)") }
        return broken
    }

    private func numbers() -> [String] {
        var seen: Set<String> = []
        return log.compactMap { commit in
            guard let number = commit.number else { return nil }
            let name = "\(commit.by.rawValue) \(number.rawValue)"
            return seen.insert(name).inserted ? nil : "proposal \(name) was committed twice"
        }
    }

    private func judge(_ browser: SimulatedBrowser) -> [String] {
        var broken: [String] = []
        let name = browser.participant.rawValue
        let memory = browser.memory
        if browser.sawTooMuch { broken.append("\(name) was shown the room while they had to wait") }
        let kept = Set(inserted)
        broken += notes(of: browser)
        let lost = memory.saved.subtracting(kept).subtracting(memory.forgotten)
        if !lost.isEmpty, !lostTail || memory.noticeCount == 0 && !browser.isShutOut {
            broken.append("\(name) has lost \(lost.count) saved edits and was not told")
        }
        if !lostTail {
            if memory.noticeCount > 0 { broken.append("\(name) was told of a loss that was none") }
            let committed = Set(log.filter { $0.by == browser.participant }.compactMap(\.number))
            if !memory.refused.isDisjoint(with: committed) {
                broken.append("\(name) was refused what was committed")
            }
        }
        let deleted = cluster.browsers.reduce(into: Set()) { $0.formUnion($1.memory.deleted) }
        let vanished = memory.typed.subtracting(kept).subtracting(memory.takenBack)
            .subtracting(memory.noticed).subtracting(deleted).subtracting(memory.forgotten)
        if !vanished.isEmpty, !(lostTail && browser.isShutOut) {
            broken.append("\(vanished.count) edits of \(name) vanished without a word")
        }
        return broken
    }
}

extension Commit {
    /// Of a kind that this version does not know.
    var isUnknown: Bool { if case .unknown = change { true } else { false } }
}
