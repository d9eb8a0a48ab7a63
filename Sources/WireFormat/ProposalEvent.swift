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
    case title
    case timer
    case chat
    case hidden
    case pasted
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
        var fields = ProposalFields()
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
            return (try? ProposalFields.number(from: &reader)) ?? .none
        }
    }

    package struct Malformed: Error, Equatable {
        package let number: ProposalNumber
        package let rejection: Rejection
    }

    private func request(from fields: ProposalFields) throws(Rejection) -> Proposal.Request {
        let number = fields.number
        guard number > .none else { throw .invalidProposal }
        if self == .edit {
            guard let base = fields.base else { throw .invalidProposal }
            guard let operation = fields.operation else { throw .invalidOperation }
            return .edit(number: number, base: base, operation: operation)
        }
        guard let wish = wish(from: fields) else { throw .invalidProposal }
        return .wish(number: number, wish)
    }

    /// Nil where a member is missing or beyond its bound.
    private func wish(from fields: ProposalFields) -> Wish? {
        switch self {
        case .edit: nil
        case .language: fields.language.flatMap { $0.isLanguage ? .language($0) : nil }
        case .lock: fields.locked.map { .locked($0) }
        case .end: .ended
        case .title: fields.title.flatMap { $0.isTitle ? .title($0) : nil }
        case .timer: fields.timer
        case .chat: fields.text.flatMap { $0.isChat ? .chat($0) : nil }
        case .hidden: fields.hidden.map { .hidden($0) }
        case .pasted: fields.pasted
        case .admission: fields.admission.flatMap(Admission.init).map { .admission($0) }
        case .admit: fields.admitted
        }
    }
}
