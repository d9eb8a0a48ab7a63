/// The newest commits of a room that are no edits: who came and went, what was said and set.
///
/// It is part of the snapshot, so that who comes late sees what everybody has seen. What is kept
/// follows from what was kept before and the next commit alone: so it is the same for whoever folds the
/// whole log and for whoever begins with a snapshot, wherever that was taken.
package struct Journal: Equatable, Sendable {
    /// Oldest first.
    package private(set) var commits: [Commit] = []
    private var bytes = 0
    private var hiddenCount = 0

    package init(_ commits: [Commit] = []) {
        for commit in commits { record(commit) }
    }

    /// Takes what belongs here; the oldest make place.
    package mutating func record(_ commit: Commit) {
        if case .edit = commit.change { return }
        commits.append(commit)
        bytes += commit.journalBytes
        if commit.tellsOfHiding { hiddenCount += 1 }
        if hiddenCount > Limits.Room.journalHiddenMax { remove(at: placeOfDispensable()) }
        while commits.count > Limits.Room.journalCommitsMax || bytes > Limits.Room.journalBytesMax {
            remove(at: 0)
        }
    }

    private mutating func remove(at place: Int) {
        let commit = commits.remove(at: place)
        bytes -= commit.journalBytes
        if commit.tellsOfHiding { hiddenCount -= 1 }
    }

    /// The oldest report of whoever has the most: a page that comes and goes all the time pushes out its
    /// own, and what is known of where each page is now stays.
    private func placeOfDispensable() -> Int {
        let reports = commits.indices.filter { commits[$0].tellsOfHiding }
        var counts: [ParticipantID: Int] = [:]
        for place in reports { counts[commits[place].by, default: 0] += 1 }
        let most = counts.values.max()
        return reports.first { counts[commits[$0].by] == most } ?? 0
    }
}

extension Commit {
    fileprivate var tellsOfHiding: Bool {
        if case .granted(.hidden) = change { true } else { false }
    }

    /// All members of its JSON but the texts, with the longest numbers, and a comma.
    private static let bytesWithoutText = 192

    /// Not less than it takes in JSON, so that the bound holds for what is kept and sent.
    fileprivate var journalBytes: Int {
        if case .unknown(let written) = change { return written.count + 1 }
        return Self.bytesWithoutText + by.rawValue.escapedBytes + (change.text?.escapedBytes ?? 0)
    }
}

extension Commit.Change {
    /// What somebody wrote in it.
    fileprivate var text: String? {
        switch self {
        case .granted(.chat(let text)), .granted(.title(let text)), .granted(.language(let text)):
            text
        case .granted(.admitted(let participant)): participant.rawValue
        case .joined(let arrival): arrival.name
        case .edit, .granted, .left, .unknown: nil
        }
    }
}

extension String {
    /// What it takes in JSON, where control characters, quotation marks and backslashes are escaped.
    fileprivate var escapedBytes: Int {
        utf8.reduce(0) { bytes, byte in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x09, 0x0A, 0x0D: bytes + 2
            case 0..<0x20: bytes + 6
            default: bytes + 1
            }
        }
    }
}
