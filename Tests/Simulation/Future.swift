import NIOCore
import RoomModel
import WireFormat

/// What a version to come says, of which this one knows nothing but that it is to be passed over.
enum Future {
    /// A commit of a kind to come; `mark` makes it unlike any other.
    static func commit(_ revision: Revision, at now: Int, mark: Int) throws -> Commit {
        let changes = [
            #""applause":{"for":"p1","why":"é \"\#(mark)\""}"#,
            #""vote":\#(mark),"stage":[1,[2,null]]"#,
            // A kind that is known, and of it something that is not.
            #""admission":"lottery \#(mark)""#,
        ]
        let json =
            #"{"revision":\#(revision.rawValue),"at":\#(now),"by":"p0","#
            + changes[mark % changes.count] + "}"
        return try Commit(json: ByteBuffer(string: json))
    }

    /// Messages of a kind to come, and of another version.
    static let messages = ["1 applause g1.c1 p0 interviewer\n{}", "2 commits 1 1 2\n[{}]"]
        .map { ByteBuffer(string: $0) }

    /// A message as this version reads it: nil where it is passed over.
    ///
    /// Whatever else cannot be read is a mistake of ours.
    static func passingOver<Message>(
        _ bytes: ByteBuffer,
        _ decode: (ByteBuffer) throws(WireError) -> Message
    ) throws -> Message? {
        do { return try decode(bytes) } catch WireError.unknownVersion { return nil }
    }
}
