package import OperationalTransform

/// What is likely to be cut wrongly: astral characters, joined emoji, combining marks, CRLF, RTL.
private let pieces = [
    "a", "b", "{", "}", "\n", "\r\n", "\t", " ", "\"", "\\", "\u{0}", "\u{1F}", "é", "e\u{301}",
    "ß", "ж", "ع", "字", "한", "𝒳", "𠮷", "😀", "👍🏽", "👨‍👩‍👧", "🏳️‍🌈", "🇩🇪", "\u{10FFFF}", "\u{FEFF}",
    "int main",
]

package func randomText(pieces count: Int, using random: inout SeededGenerator) -> String {
    (0..<count).map { _ in pieces[random.below(pieces.count)] }.joined()
}

/// An operation over `document` that cuts no surrogate pair.
package func randomOperation(
    over document: Document,
    using random: inout SeededGenerator
) throws -> TextOperation {
    let scalars = Array(document.text.unicodeScalars)
    var operation = TextOperation()
    var index = 0
    while index < scalars.count {
        let end = min(scalars.count, index + 1 + random.below(6))
        let length = scalars[index..<end].reduce(0) { $0 + ($1.value > 0xFFFF ? 2 : 1) }
        switch random.below(5) {
        case 0: try operation.delete(length)
        case 1:
            operation.insert(randomText(pieces: 1 + random.below(3), using: &random))
            try operation.keep(length)
        default: try operation.keep(length)
        }
        index = end
    }
    if random.chance(percent: 30) { operation.insert(randomText(pieces: 2, using: &random)) }
    return operation
}
