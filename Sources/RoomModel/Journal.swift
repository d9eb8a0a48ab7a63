/// The newest commits of a room that are no edits: who came and went, what was said and set.
///
/// It is part of the snapshot, so that who comes late sees what everybody has seen. It holds the
/// longest end of the log, edits left out, that keeps the bounds: so it is the same for whoever folds
/// the whole log and for whoever begins with a snapshot, wherever that was taken.
package struct Journal: Equatable, Sendable {
    /// Oldest first.
    package private(set) var commits: [Commit] = []
    private var bytes = 0

    package init(_ commits: [Commit] = []) {
        for commit in commits { record(commit) }
    }

    /// Takes what belongs here; the oldest make place.
    package mutating func record(_ commit: Commit) {
        if case .edit = commit.change { return }
        commits.append(commit)
        bytes += commit.journalBytes
        while commits.count > Limits.Room.journalCommitsMax || bytes > Limits.Room.journalBytesMax {
            bytes -= commits.removeFirst().journalBytes
        }
    }
}

extension Commit {
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
