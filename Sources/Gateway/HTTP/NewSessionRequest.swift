import JSONText
import NIOCore
import RoomModel
import WireFormat

/// The body of `POST /api/sessions`: every member has a default.
struct NewSessionRequest: Equatable {
    var title = ""
    var language = "plaintext"
    var text = ""
    var admission = Admission.open

    init(_ body: ByteBuffer) throws(Problem) {
        do {
            try body.readingJSON { reader in try read(from: &reader) }
        } catch let problem as Problem {
            throw problem
        } catch {
            throw .malformedJSON
        }
        try checkBounds()
    }

    private mutating func read(from reader: inout JSONReader) throws {
        guard try reader.nextKind() == .object else { throw Problem.malformedJSON }
        try reader.members { key, reader in
            switch key {
            case "title": title = try Self.text(key, from: &reader)
            case "language": language = try Self.text(key, from: &reader)
            case "text": text = try Self.text(key, from: &reader).withLineFeedsOnly
            case "admission": admission = try Self.admission(from: &reader)
            default: break
            }
        }
    }

    private static func text(_ field: String, from reader: inout JSONReader) throws -> String {
        guard try reader.nextKind() == .string else {
            throw Problem.invalidField(field, expected: "a string")
        }
        return try reader.string()
    }

    private static func admission(from reader: inout JSONReader) throws -> Admission {
        guard let admission = Admission(rawValue: try text("admission", from: &reader)) else {
            throw Problem.invalidField("admission", expected: "\"open\" or \"ask\"")
        }
        return admission
    }

    private func checkBounds() throws(Problem) {
        guard title.utf16.count <= Limits.Room.titleLengthMax else {
            throw .invalidField(
                "title",
                expected: "at most \(Limits.Room.titleLengthMax) UTF-16 code units"
            )
        }
        guard title.isPlainLine else {
            throw .invalidField(
                "title",
                expected: "one line, without control characters and marks that turn the writing"
            )
        }
        guard language.isLanguage else {
            throw .invalidField(
                "language",
                expected: "1 to \(Limits.Room.languageLengthMax) letters, digits, +, #, . or -"
            )
        }
        guard text.utf16.count <= Limits.Room.documentLengthMax else {
            throw .invalidField(
                "text",
                expected: "at most \(Limits.Room.documentLengthMax) UTF-16 code units"
            )
        }
    }
}

extension String {
    /// With each CRLF and each lone CR as a line feed, as every document is kept.
    fileprivate var withLineFeedsOnly: String {
        guard utf8.contains(UInt8(ascii: "\r")) else { return self }
        var units: [UInt8] = []
        units.reserveCapacity(utf8.count)
        var previous: UInt8 = 0
        for unit in utf8 {
            if unit == UInt8(ascii: "\r") {
                units.append(UInt8(ascii: "\n"))
            } else if unit != UInt8(ascii: "\n") || previous != UInt8(ascii: "\r") {
                units.append(unit)
            }
            previous = unit
        }
        return String(decoding: units, as: UTF8.self)
    }
}
