import Foundation
package import OperationalTransform

/// A real editing history: see `Tests/Data/README.md`.
package struct Trace: Sendable {
    package struct Patch: Sendable {
        package let offset: Int
        package let deleted: Int
        package let inserted: [UInt16]
    }

    package let startText: String
    package let endText: String
    package let patches: [Patch]

    package static let names = [
        "sveltecomponent", "friendsforever_flat", "rustcode", "automerge-paper",
    ]

    package init(_ name: String) throws {
        let bytes = try TestData.bytes(of: "traces/\(name).json.gz")
        let file = try JSONDecoder().decode(TraceFile.self, from: Data(bytes))
        startText = file.startContent
        endText = file.endContent
        patches = try file.txns.flatMap(\.patches).map(Self.patch)
    }

    /// Positions count code points, which are code units as long as nothing is beyond U+FFFF.
    private static func patch(_ patch: TraceFile.Patch) throws -> Patch {
        guard patch.inserted.unicodeScalars.allSatisfy({ $0.value <= 0xFFFF }) else {
            throw MissingTestData(what: "a trace without astral characters")
        }
        return Patch(
            offset: patch.offset,
            deleted: patch.deleted,
            inserted: Array(patch.inserted.utf16)
        )
    }
}

private struct TraceFile: Decodable {
    let startContent: String
    let endContent: String
    let txns: [Transaction]

    struct Transaction: Decodable {
        let patches: [Patch]
    }

    /// An array: position, deleted, inserted.
    struct Patch: Decodable {
        let offset: Int
        let deleted: Int
        let inserted: String

        init(from decoder: any Decoder) throws {
            var members = try decoder.unkeyedContainer()
            offset = try members.decode(Int.self)
            deleted = try members.decode(Int.self)
            inserted = try members.decode(String.self)
        }
    }
}

extension TextOperation {
    /// The operation of one patch over a document of `length` units.
    package init(_ patch: Trace.Patch, length: Int) throws {
        self.init()
        try keep(patch.offset)
        insert(patch.inserted)
        try delete(patch.deleted)
        try keep(length - patch.offset - patch.deleted)
    }
}
