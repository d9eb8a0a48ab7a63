import JSONText
import OperationalTransform
import RoomModel

/// What may stand in a proposal's argument, in whatever order its sender wrote it.
struct ProposalFields {
    /// JavaScript counts exactly up to here, so no honest number is greater.
    private static let integerMax = 1 << 53

    private(set) var number = ProposalNumber.none
    private(set) var base: Revision?
    private(set) var operation: TextOperation?
    private(set) var language: String?
    private(set) var locked: Bool?
    private(set) var title: String?
    private(set) var text: String?
    private(set) var hidden: Bool?
    private(set) var admission: String?
    private var running: Bool?
    private var remaining: Int?
    private var length: Int?
    private var participant: String?

    mutating func read(from reader: inout JSONReader) throws {
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "number": number = ProposalNumber(rawValue: try Self.count(from: &reader))
            case "revision": base = Revision(rawValue: try Self.count(from: &reader))
            case "operation": operation = try Self.operation(from: &reader)
            case "language": language = try reader.string()
            case "locked": locked = try reader.bool()
            case "title": title = try reader.string()
            case "text": text = try reader.string()
            case "hidden": hidden = try reader.bool()
            case "admission": admission = try reader.string()
            case "running": running = try reader.bool()
            case "remaining": remaining = try Self.count(from: &reader)
            case "length": length = try Self.count(from: &reader)
            case "participant": participant = try reader.string()
            default: _ = try reader.skipValue()
            }
        }
    }

    static func number(from reader: inout JSONReader) throws -> ProposalNumber? {
        try reader.beginObject()
        while let key = try reader.nextKey() {
            if key == "number" { return ProposalNumber(rawValue: try count(from: &reader)) }
            _ = try reader.skipValue()
        }
        return nil
    }

    // MARK: Of several members, or with a bound

    var timer: Wish? {
        guard let running, let remaining, remaining <= Limits.Room.timerMillisecondsMax else {
            return nil
        }
        return .timer(running: running, remaining: remaining)
    }

    var pasted: Wish? {
        guard let length, (1...Limits.Room.documentLengthMax).contains(length) else { return nil }
        return .pasted(length)
    }

    var admitted: Wish? {
        guard let participant, participant.isIdentifier() else { return nil }
        return .admitted(ParticipantID(rawValue: participant))
    }

    // MARK: Reading

    /// A malformed operation is passed over, so that a number behind it is still read.
    private static func operation(from reader: inout JSONReader) throws -> TextOperation? {
        let start = reader
        do {
            return try TextOperation(from: &reader)
        } catch {
            reader = start
            _ = try reader.skipValue()
            return nil
        }
    }

    private static func count(from reader: inout JSONReader) throws -> Int {
        let value = try reader.integer()
        guard (0...integerMax).contains(value) else { throw Rejection.invalidProposal }
        return value
    }
}
