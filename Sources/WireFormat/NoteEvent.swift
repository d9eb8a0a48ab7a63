import JSONText
package import NIOCore
package import RoomModel

/// A private note as its author's page sends it; an empty text deletes it.
package struct NoteEvent: Equatable, Sendable {
    package let id: String
    package let text: String

    /// Why it is refused; the ID is empty where none could be read.
    package struct Malformed: Error, Equatable {
        package let id: String
        package let rejection: Rejection

        package init(id: String, rejection: Rejection) {
            self.id = id
            self.rejection = rejection
        }
    }

    /// Reads the argument of `note`.
    package init(_ argument: ByteBuffer) throws(Malformed) {
        var fields = Fields()
        do {
            try argument.readingJSON { reader in try fields.read(from: &reader) }
        } catch { throw Malformed(id: fields.knownID, rejection: .invalidProposal) }
        guard !fields.knownID.isEmpty, let text = fields.text else {
            throw Malformed(id: fields.knownID, rejection: .invalidProposal)
        }
        guard text.utf16.count <= Limits.Room.noteLengthMax else {
            throw Malformed(id: fields.knownID, rejection: .tooLarge)
        }
        id = fields.knownID
        self.text = text
    }

    /// The ID in the argument of `note`, empty where there is none.
    package static func id(in argument: ByteBuffer) -> String {
        do { return try NoteEvent(argument).id } catch { return error.id }
    }

    private struct Fields {
        var id = ""
        var text: String?

        /// The ID if it can be one.
        var knownID: String {
            id.isIdentifier() && id.utf8.count == Note.idLength ? id : ""
        }

        mutating func read(from reader: inout JSONReader) throws {
            try reader.members { key, reader in
                switch key {
                case "id": id = try reader.string()
                case "text": text = try reader.string()
                default: break
                }
            }
        }
    }
}

extension Note {
    /// The text as it stands in the note's JSON.
    package var textJSON: [UInt8] { JSONWriter.bytes { $0.string(text) } }
}
