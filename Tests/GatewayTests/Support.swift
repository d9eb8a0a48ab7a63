import NIOCore
import RoomModel
import WireFormat

func revision(_ number: Int) -> Revision { Revision(rawValue: number) }

/// The commits of these revisions, as they are published: each is `{"revision":7}`.
func batch(_ revisions: ClosedRange<Int>, epoch: Int = 1) -> CommitBatch {
    CommitBatch(
        epoch: Epoch(rawValue: epoch),
        first: revision(revisions.lowerBound),
        entries: revisions.map { ByteBuffer(string: #"{"revision":\#($0)}"#) }
    )
}
