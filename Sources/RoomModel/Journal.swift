/// The newest commits of a room that are no edits: who came and went, what was said and set.
///
/// It is part of the snapshot, so that who comes late sees what everybody has seen.
package struct Journal: Equatable, Sendable {
    /// Oldest first.
    package private(set) var commits: [Commit] = []
    private var textBytes = 0

    package init(_ commits: [Commit] = []) {
        for commit in commits { record(commit) }
    }

    /// Takes what belongs here; the oldest make place.
    ///
    /// What a newer version wrote stands in the log only.
    package mutating func record(_ commit: Commit) {
        switch commit.change {
        case .edit, .unknown: return
        case .granted, .joined, .left: break
        }
        commits.append(commit)
        textBytes += commit.textBytes
        var excess = max(commits.count - Limits.Room.journalCommitsMax, 0)
        for old in commits.prefix(excess) { textBytes -= old.textBytes }
        while textBytes > Limits.Room.journalTextBytesMax {
            textBytes -= commits[excess].textBytes
            excess += 1
        }
        commits.removeFirst(excess)
    }
}

extension Commit {
    /// Bytes of what somebody wrote, which is all in it that has no small bound.
    fileprivate var textBytes: Int {
        switch change {
        case .granted(.chat(let text)), .granted(.title(let text)): text.utf8.count
        default: 0
        }
    }
}
