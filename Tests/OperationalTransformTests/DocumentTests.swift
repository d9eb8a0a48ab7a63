import OperationalTransform
import TestSupport
import Testing

@Suite struct DocumentTests {
    @Test(arguments: [
        "", "a", "é\r\n😀", "\u{0}\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}",
    ])
    func `a document holds the text it was made of`(text: String) {
        let document = Document(text)
        #expect(document.text == text)
        #expect(document.units == Array(text.utf16))
        #expect(document.length == text.utf16.count)
    }

    @Test func `a copy does not see what is changed in the original`() throws {
        var document = Document("one")
        let copy = document
        try document.apply(op("3 +_two"))
        #expect(document.text == "one two")
        #expect(copy.text == "one")
        #expect(document != copy)
    }

    @Test func `the same text is equal however it came about`() throws {
        let text = String(repeating: "0123456789", count: 1_000)
        var document = Document("")
        for unit in text.utf16.reversed() { try document.replace(0..<0, with: [unit]) }
        #expect(document == Document(text))
    }

    @Test(arguments: [-1..<0, 0..<4, 4..<4, 3..<Int.max, Int.min..<0])
    func `a range beyond the document is refused`(range: Range<Int>) {
        var document = Document("abc")
        #expect(throws: OperationError.self) { try document.replace(range, with: [97]) }
        #expect(document.text == "abc")
    }

    @Test func `a part beyond the document is left out`() {
        #expect(Document("abc").units(in: -3..<2) == [97, 98])
        #expect(Document("abc").units(in: 2..<Int.max) == [99])
        #expect(Document("").units(in: 5..<9) == [])
    }

    @Test(
        arguments: [
            ([1], [0xD83D], false), ([0xD83D, 0xDE00], [0xD83D], false),
            ([0xDE00, 0xD83D], [], false), ([0xD83D, 0xDE00], [], true),
        ] as [([UInt16], [UInt16], Bool)]
    )
    func `text with half a pair inside is refused`(
        units: [UInt16],
        more: [UInt16],
        isSound: Bool
    ) throws {
        var document = Document("ab")
        if isSound {
            try document.replace(1..<1, with: units + more)
        } else {
            #expect(throws: OperationError.splitsSurrogatePair) {
                try document.replace(1..<1, with: units + more)
            }
        }
    }

    @Test func `half a pair is welcome beside its other half`() throws {
        var document = Document("😀")
        try document.replace(1..<2, with: [0xDE01])
        #expect(document.text == "😁")
        var operation = TextOperation()
        operation.insert([0xD83C])
        try operation.delete(1)
        try operation.keep(1)
        try document.apply(operation)
        #expect(document.units == [0xD83C, 0xDE01])
        #expect(throws: OperationError.splitsSurrogatePair) {
            try document.replace(1..<2, with: [])
        }
    }

    @Test func `what fails in its last step changes nothing`() throws {
        var document = Document("abc😀")
        #expect(throws: OperationError.splitsSurrogatePair) {
            try document.apply(op("+x -1 2 -1 1"))
        }
        #expect(document.text == "abc😀")
    }

    /// Long texts, so that chunks are cut, emptied and joined.
    @Test func `replacing does what it does to a plain array`() throws {
        for seed in seeds(20) {
            var random = SeededGenerator(seed: seed)
            var document = Document(randomText(pieces: random.below(3_000), using: &random))
            var plain = document.units
            for _ in 0..<100 {
                let lengthMax = random.chance(percent: 10) ? 4_000 : 20
                let from = random.below(plain.count + 1)
                let to = min(plain.count, from + random.below(lengthMax))
                let text = randomText(pieces: random.below(lengthMax), using: &random)
                do {
                    try document.replace(from..<to, with: Array(text.utf16))
                    plain.replaceSubrange(from..<to, with: text.utf16)
                } catch OperationError.splitsSurrogatePair {
                    // The range began or ended within a pair; the next round tells whether all is well.
                }
                #expect(document.length == plain.count, "SEED=\(seed)")
            }
            #expect(document.units == plain, "SEED=\(seed)")
            #expect(document == Document(document.text), "SEED=\(seed)")
        }
    }
}
