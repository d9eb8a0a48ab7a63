package import JSONText
package import NIOCore
package import RoomModel

extension Snapshot {
    package init(json: ByteBuffer) throws {
        self = try json.readingJSON { reader in try Snapshot(from: &reader) }
    }
}

extension Commit {
    package init(json: ByteBuffer) throws {
        self = try json.readingJSON { reader in try Commit(from: &reader) }
    }
}

extension CommitBatch {
    package func commits() throws -> [Commit] {
        try json.readingJSON { reader in
            var commits: [Commit] = []
            try reader.beginArray()
            while try reader.nextElement() { commits.append(try Commit(from: &reader)) }
            return commits
        }
    }
}

extension Revision {
    static func read(from reader: inout JSONReader) throws -> Revision {
        guard let revision = Revision.checked(try reader.integer()) else {
            throw WireError.malformed
        }
        return revision
    }
}

extension ByteBuffer {
    /// When this commit, as JSON, was made: its second member, so little is read.
    package var commitTime: Int? {
        withUnsafeReadableBytes { bytes in
            var reader = JSONReader(bytes)
            do {
                try reader.beginObject()
                while let key = try reader.nextKey() {
                    if key == "at" { return try reader.integer() }
                    _ = try reader.skipValue()
                }
            } catch {}
            return nil
        }
    }

    /// Reads the whole buffer as one JSON value.
    package func readingJSON<Value>(_ read: (inout JSONReader) throws -> Value) throws -> Value {
        try withUnsafeReadableBytes { bytes in
            var reader = JSONReader(bytes)
            let value = try read(&reader)
            try reader.end()
            return value
        }
    }
}
