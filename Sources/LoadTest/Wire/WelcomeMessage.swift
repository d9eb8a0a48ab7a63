import JSONText
import NIOCore
import RoomModel
import WireFormat

/// The `welcome`: who somebody is, and the room they came into.
struct WelcomeMessage {
    let participant: ParticipantID
    let key: String
    /// Nil on a resume: the commits follow the revision that was given.
    let snapshot: Snapshot?
    let commits: [Commit]

    struct Malformed: Error {}

    init(_ json: ByteBuffer) throws {
        var participant = ""
        var key = ""
        var snapshot: Snapshot?
        var commits: [Commit] = []
        try json.readingJSON { reader in
            try reader.members { name, reader in
                switch name {
                case "participant": participant = try reader.string()
                case "key": key = try reader.string()
                case "snapshot": snapshot = try Snapshot(from: &reader)
                case "commits":
                    try reader.beginArray()
                    while try reader.nextElement() { commits.append(try Commit(from: &reader)) }
                default: break
                }
            }
        }
        guard !participant.isEmpty else { throw Malformed() }
        self.participant = ParticipantID(rawValue: participant)
        self.key = key
        self.snapshot = snapshot
        self.commits = commits
    }
}

/// `rejected`: which proposal, and why.
struct RejectedMessage {
    var number = ProposalNumber.none
    var code = ""

    init(_ json: ByteBuffer) throws {
        try json.readingJSON { reader in
            try reader.members { key, reader in
                switch key {
                case "number": number = ProposalNumber(rawValue: try reader.integer())
                case "code": code = try reader.string()
                default: break
                }
            }
        }
    }
}

/// `closing`: the gateway is about to stop.
struct ClosingMessage {
    var reconnectAfterMilliseconds = 0

    init(_ json: ByteBuffer) throws {
        try json.readingJSON { reader in
            try reader.members { key, reader in
                if key == "reconnectAfter" {
                    reconnectAfterMilliseconds = min(max(0, try reader.integer()), 60_000)
                }
            }
        }
    }
}

extension Array where Element == Commit {
    /// The argument of `commits`.
    init(commitsJSON json: ByteBuffer) throws {
        self = try json.readingJSON { reader in
            var commits: [Commit] = []
            try reader.beginArray()
            while try reader.nextElement() { commits.append(try Commit(from: &reader)) }
            return commits
        }
    }
}
