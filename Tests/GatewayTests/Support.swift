import NIOCore
import RoomModel
import WireFormat

func revision(_ number: Int) -> Revision { Revision(rawValue: number) }

/// A place in the log that never loses anything; each commit was made at ten times its revision.
func place(_ number: Int) -> LogPlace { LogPlace(revision(number), at: 10 * number) }

func page(_ revisions: ClosedRange<Int>) -> LogPage { .follows(batch(revisions)) }

let nothingNew = LogPage.follows(nil)

/// The commits of these revisions, as they are published: each is `{"revision":7,"at":70}`; after a
/// failure, that of the same revision was made `later`.
func batch(_ revisions: ClosedRange<Int>, epoch: Int = 1, later: Int = 0) -> CommitBatch {
    CommitBatch(
        epoch: Epoch(rawValue: epoch),
        first: revision(revisions.lowerBound),
        entries: revisions.map {
            ByteBuffer(string: #"{"revision":\#($0),"at":\#(10 * $0 + later)}"#)
        }
    )
}
