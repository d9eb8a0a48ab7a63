/// The text of a room: UTF-16 code units without half a surrogate pair among them.
///
/// It is a value. The units stand in chunks, so that an edit moves a few hundred of them whatever
/// the document holds, and a copy shares every chunk that neither side has changed since.
package struct Document: Sendable {
    package private(set) var length: Int
    private var chunks: [[UInt16]]
    /// The chunk that was used last and the offset at its front: people type where they typed.
    private var near = (index: 0, start: 0)

    /// A chunk that grows beyond this is cut in halves.
    private static let chunkLengthMax = 1_024

    /// `units` are well-formed.
    init(units: [UInt16]) {
        length = units.count
        chunks = Self.cut(units)
    }

    package var units: [UInt16] { units(in: 0..<length) }

    /// The units of a part; what lies outside of the document is left out.
    package func units(in range: Range<Int>) -> [UInt16] {
        var result: [UInt16] = []
        let range = range.clamped(to: 0..<length)
        result.reserveCapacity(range.count)
        var place = place(of: range.lowerBound)
        while place.start < range.upperBound {
            let chunk = chunks[place.index]
            let from = max(0, range.lowerBound - place.start)
            let to = min(chunk.count, range.upperBound - place.start)
            result.append(contentsOf: chunk[from..<to])
            place.index += 1
            place.start += chunk.count
        }
        return result
    }

    /// The unit at an offset below `length`.
    mutating func unit(at offset: Int) -> UInt16 {
        near = place(of: offset)
        return chunks[near.index][offset - near.start]
    }

    /// Puts `units` in the place of a range within the document, surrogates unseen.
    mutating func splice(_ range: Range<Int>, _ units: ArraySlice<UInt16>) {
        near = place(of: range.lowerBound)
        let from = range.lowerBound - near.start
        let to = range.upperBound - near.start
        let count = chunks[near.index].count
        length += units.count - range.count
        if to <= count, (1...Self.chunkLengthMax).contains(count + units.count - range.count) {
            chunks[near.index].replaceSubrange(from..<to, with: units)
        } else {
            rebuild(from: from, to: to, units)
        }
    }

    // MARK: Chunks

    /// The chunk that holds `offset`, and where it starts; the last one holds the end too.
    private func place(of offset: Int) -> (index: Int, start: Int) {
        var (index, start) = near
        if offset < start / 2 {
            (index, start) = (0, 0)
        } else if length - offset < offset - start {
            (index, start) = (chunks.count - 1, length - chunks[chunks.count - 1].count)
        }
        while offset < start {
            index -= 1
            start -= chunks[index].count
        }
        while index < chunks.count - 1, offset >= start + chunks[index].count {
            start += chunks[index].count
            index += 1
        }
        return (index, start)
    }

    /// Replaces the chunks around an edit that its own chunk cannot hold, or that empties it.
    private mutating func rebuild(from: Int, to: Int, _ units: ArraySlice<UInt16>) {
        var joined = Array(chunks[near.index][..<from])
        joined.append(contentsOf: units)
        var end = near.index
        var endStart = 0
        while end < chunks.count - 1, endStart + chunks[end].count < to {
            endStart += chunks[end].count
            end += 1
        }
        joined.append(contentsOf: chunks[end][(to - endStart)...])
        absorbNeighbor(&joined, &end)
        chunks.replaceSubrange(near.index...end, with: Self.cut(joined))
    }

    /// Joins what became small with the chunk beside it, or deleting would leave crumbs.
    private mutating func absorbNeighbor(_ joined: inout [UInt16], _ end: inout Int) {
        guard joined.count < Self.chunkLengthMax / 4 else { return }
        if end + 1 < chunks.count {
            end += 1
            joined.append(contentsOf: chunks[end])
        } else if near.index > 0 {
            near.index -= 1
            near.start -= chunks[near.index].count
            joined.insert(contentsOf: chunks[near.index], at: 0)
        }
    }

    /// Cuts units into chunks of one size with room to grow; one empty chunk if there are none.
    private static func cut(_ units: [UInt16]) -> [[UInt16]] {
        let chunkCount = max(1, (units.count * 4 - 1) / (chunkLengthMax * 3) + 1)
        return (0..<chunkCount).map { index in
            var chunk: [UInt16] = []
            chunk.reserveCapacity(chunkLengthMax)
            let from = units.count * index / chunkCount
            chunk.append(contentsOf: units[from..<units.count * (index + 1) / chunkCount])
            return chunk
        }
    }
}

extension Document: Equatable {
    /// The same text, however it is cut.
    package static func == (left: Document, right: Document) -> Bool {
        left.length == right.length && left.units == right.units
    }
}
