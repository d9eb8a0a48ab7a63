import JSONText
package import NIOCore
import OperationalTransform
package import RoomModel

/// The proposals a browser sends, by the names of their Socket.IO events.
package enum ProposalEvent: String, CaseIterable, Sendable {
    case edit
    case language
    case lock
    case end
    case admission
    case admit

    package func request(from body: ByteBuffer) throws(Malformed) -> Proposal.Request {
        // Typed errors do not pass through the buffer's closure, so the result does.
        try body.withUnsafeReadableBytes { bytes in
            Result { () throws(Malformed) in try request(from: bytes) }
        }.get()
    }

    /// Reads the event's argument.
    ///
    /// Throws the rejection its sender gets, with the number of the proposal where one was read: 0 otherwise.
    package func request(
        from bytes: UnsafeRawBufferPointer
    ) throws(Malformed) -> Proposal.Request {
        var fields = Fields()
        do {
            var reader = JSONReader(bytes)
            try fields.read(from: &reader)
            try reader.end()
            return try request(from: fields)
        } catch let rejection as Rejection {
            throw Malformed(number: fields.number, rejection: rejection)
        } catch {
            throw Malformed(number: fields.number, rejection: .invalidProposal)
        }
    }

    /// The number in a proposal's argument, 0 where there is none to be read.
    package static func number(in body: ByteBuffer) -> ProposalNumber {
        body.withUnsafeReadableBytes { bytes in
            var reader = JSONReader(bytes)
            return (try? Fields.number(from: &reader)) ?? .none
        }
    }

    package struct Malformed: Error, Equatable {
        package let number: ProposalNumber
        package let rejection: Rejection
    }

    private func request(from fields: Fields) throws(Rejection) -> Proposal.Request {
        let number = fields.number
        guard number > .none else { throw .invalidProposal }
        switch self {
        case .edit:
            guard let base = fields.base else { throw .invalidProposal }
            guard let operation = fields.operation else { throw .invalidOperation }
            return .edit(number: number, base: base, operation: operation)
        case .language:
            guard let language = fields.language, language.isLanguage else {
                throw .invalidProposal
            }
            return .language(number: number, language)
        case .lock:
            guard let locked = fields.locked else { throw .invalidProposal }
            return .lock(number: number, locked)
        case .end:
            return .end(number: number)
        case .admission:
            guard let admission = fields.admission else { throw .invalidProposal }
            return .admission(number: number, admission)
        case .admit:
            guard let participant = fields.participant, participant.isIdentifier() else {
                throw .invalidProposal
            }
            return .admit(number: number, ParticipantID(rawValue: participant))
        }
    }

    /// What may stand in an argument, in whatever order its sender wrote it.
    private struct Fields {
        /// JavaScript counts exactly up to here, so no honest number is greater.
        static let integerMax = 1 << 53

        var number = ProposalNumber.none
        var base: Revision?
        var operation: TextOperation?
        var language: String?
        var locked: Bool?
        var admission: Admission?
        var participant: String?

        mutating func read(from reader: inout JSONReader) throws {
            try reader.beginObject()
            while let key = try reader.nextKey() {
                switch key {
                case "number": number = ProposalNumber(rawValue: try count(from: &reader))
                case "revision": base = Revision(rawValue: try count(from: &reader))
                case "operation": operation = try operation(from: &reader)
                case "language": language = try reader.string()
                case "locked": locked = try reader.bool()
                case "admission": admission = Admission(rawValue: try reader.string())
                case "participant": participant = try reader.string()
                default: _ = try reader.skipValue()
                }
            }
        }

        static func number(from reader: inout JSONReader) throws -> ProposalNumber? {
            try reader.beginObject()
            while let key = try reader.nextKey() {
                if key == "number" {
                    return ProposalNumber(rawValue: try Fields().count(from: &reader))
                }
                _ = try reader.skipValue()
            }
            return nil
        }

        /// A malformed operation is passed over, so that a number behind it is still read.
        private func operation(from reader: inout JSONReader) throws -> TextOperation? {
            let start = reader
            do {
                return try TextOperation(from: &reader)
            } catch {
                reader = start
                _ = try reader.skipValue()
                return nil
            }
        }

        private func count(from reader: inout JSONReader) throws -> Int {
            let value = try reader.integer()
            guard (0...Self.integerMax).contains(value) else { throw Rejection.invalidProposal }
            return value
        }
    }
}

extension String {
    /// Whether this can be the identifier of a language: short, and plain in every context.
    package var isLanguage: Bool {
        (1...Limits.Room.languageLengthMax).contains(utf8.count)
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "+"), UInt8(ascii: "#"),
                    UInt8(ascii: "."), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
