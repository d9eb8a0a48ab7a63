import JSONText
import OperationalTransform
import WireFormat

/// Documents longer than this only make the laws slow.
private let documentLengthMax = 4_096

private func operation(_ bytes: UnsafeRawBufferPointer) throws -> TextOperation {
    var reader = JSONReader(bytes)
    let operation = try TextOperation(from: &reader)
    try reader.end()
    return operation
}

/// Letters with a surrogate pair here and there.
private func document(length: Int) -> Document {
    var text = ""
    var written = 0
    while written < length {
        let isPair = written % 7 == 3 && written + 1 < length
        text += isPair ? "😀" : "a"
        written += isPair ? 2 : 1
    }
    return Document(text)
}

private func applying(_ operation: TextOperation, to document: Document) throws -> Document {
    var changed = document
    try changed.apply(operation)
    return changed
}

/// Read and written alike; applied, it gives the length it promises, and its inverse takes it back.
@Sendable func fuzzOperation(_ bytes: UnsafeRawBufferPointer) throws {
    let read = try operation(bytes)
    try law(read.stepCount <= bytes.count, "more steps than bytes")
    let written = JSONWriter.bytes { read.encode(into: &$0) }
    let again = try must("written operation") { try written.withUnsafeBytes(operation) }
    try law(again == read, "read otherwise")
    for offset in [Int.min, -1, 0, 1, read.baseLength, read.targetLength, Int.max] {
        let after = read.transforming(offset: offset)
        let before = read.offsetBefore(offset)
        try law((0...read.targetLength).contains(after), "offset \(offset) became \(after)")
        try law((0...read.baseLength).contains(before), "offset \(offset) was \(before)")
    }
    guard read.baseLength <= documentLengthMax else { return }
    let document = document(length: read.baseLength)
    let changed = try applying(read, to: document)
    try law(changed.length == read.targetLength, "length is not the promised one")
    let inverse = try must("inverse") { try read.inverted(over: document) }
    let restored = try must("undoing") { try applying(inverse, to: changed) }
    try law(restored == document, "the inverse does not undo")
    let nothing = try must("composing") { try read.composing(inverse) }
    let unchanged = try must("applying nothing") { try applying(nothing, to: document) }
    try law(unchanged == document, "undone, but not composed to nothing")
}

/// d·a·b′ = d·b·a′, and composed as one by one, for the operations on the first two lines.
@Sendable func fuzzOperationPair(_ bytes: UnsafeRawBufferPointer) throws {
    let lines = bytes.lines(max: 2)
    guard lines.count == 2 else { return }
    let (a, b) = (try operation(lines[0]), try operation(lines[1]))
    guard a.baseLength <= documentLengthMax else { return }
    let document = document(length: a.baseLength)
    let (afterA, afterB) = (try applying(a, to: document), try applying(b, to: document))
    let (aPrime, bPrime) = try must("transform") { try TextOperation.transform(a, b) }
    let left = try must("b after a") { try a.composing(bPrime) }
    let right = try must("a after b") { try b.composing(aPrime) }
    try law(left == right, "a·b′ and b·a′ differ")
    // Two good edits can leave half a pair together: then both sides refuse.
    let viaA = try? applying(bPrime, to: afterA)
    let viaB = try? applying(aPrime, to: afterB)
    try law(viaA == viaB, "the documents differ")
    let atOnce = try? applying(left, to: document)
    try law(atOnce == viaA, "composed and one by one differ")
}
