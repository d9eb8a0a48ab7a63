import JSONText
package import NIOCore
import WireFormat

/// A recorded history to be typed again.
package final class Trace: Sendable {
    package struct Patch: Equatable, Sendable {
        package let offset: Int
        package let deleted: Int
        package let inserted: [UInt16]
    }

    package let startText: String
    package let patches: [Patch]

    /// The JSON of github.com/josephg/editing-traces: `{startContent, txns: [{patches: [[offset, deleted, inserted]]}]}`.
    ///
    /// Its offsets count code points, which are code units as long as nothing is beyond U+FFFF;
    /// a history that holds such a character is refused.
    package init(json: ByteBuffer) throws {
        var startText = ""
        var patches: [Patch] = []
        try json.readingJSON { reader in
            try reader.members { key, reader in
                switch key {
                case "startContent": startText = try reader.string()
                case "txns":
                    try reader.beginArray()
                    while try reader.nextElement() { try Self.read(&reader, into: &patches) }
                default: break
                }
            }
        }
        try Self.check(patches, start: startText.utf16.count)
        self.startText = startText
        self.patches = patches
    }

    package enum Unusable: Error, CustomStringConvertible {
        case astral
        case outside(patch: Int)

        package var description: String {
            switch self {
            case .astral:
                "it holds characters beyond U+FFFF, whose offsets mean something else here"
            case .outside(let patch): "patch \(patch) reaches outside of the text"
            }
        }
    }

    private static func read(_ reader: inout JSONReader, into patches: inout [Patch]) throws {
        try reader.members { key, reader in
            guard key == "patches" else { return }
            try reader.beginArray()
            while try reader.nextElement() { patches.append(try patch(&reader)) }
        }
    }

    private static func patch(_ reader: inout JSONReader) throws -> Patch {
        try reader.beginArray()
        guard try reader.nextElement() else { throw ReportError.malformed }
        let offset = try reader.integer()
        guard try reader.nextElement() else { throw ReportError.malformed }
        let deleted = try reader.integer()
        guard try reader.nextElement() else { throw ReportError.malformed }
        let inserted = try reader.utf16()
        while try reader.nextElement() { _ = try reader.skipValue() }
        guard inserted.allSatisfy({ !UTF16.isLeadSurrogate($0) && !UTF16.isTrailSurrogate($0) })
        else { throw Unusable.astral }
        return Patch(offset: offset, deleted: deleted, inserted: inserted)
    }

    /// What is replayed without looking has to fit.
    private static func check(_ patches: [Patch], start: Int) throws {
        var length = start
        for (index, patch) in patches.enumerated() {
            guard patch.offset >= 0, patch.deleted >= 0, patch.offset <= length - patch.deleted
            else {
                throw Unusable.outside(patch: index)
            }
            length += patch.inserted.count - patch.deleted
        }
    }
}
