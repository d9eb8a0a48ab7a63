import TestSupport

/// An input of the corpus, changed a few times: what libFuzzer does, without its eyes but by a seed.
struct Mutation {
    private(set) var bytes: [UInt8]
    private var random: SeededGenerator
    private let corpus: [[UInt8]]
    private static let lengthMax = 2_048

    /// What decoders trip over: ends of ranges, halves of characters, what opens and never closes.
    private static let words = [
        "9223372036854775807", "-9223372036854775808", "9223372036854775808", "9007199254740993",
        "9007199254740991", "4294967296", "-1", "0", "1e9", "1.0", "\"", "\\", "\\u0000",
        "\\ud83d", "\\ude00", "😀", "\u{0}", "\u{7F}", "[", "]", "{", "}", "[[", ",", ":", "null",
        "true", "\n", "\r\n", " ", "%", "=", "&", ".", "/", "-", "$-1\r\n", "*-1\r\n",
    ].map { Array($0.utf8) }

    init(seed: UInt64, corpus: [[UInt8]]) {
        random = SeededGenerator(seed: seed)
        self.corpus = corpus
        bytes = corpus.randomElement(using: &random) ?? []
        for _ in 0...random.below(6) { change() }
        bytes = Array(bytes.prefix(Self.lengthMax))
    }

    private mutating func change() {
        let place = random.below(bytes.count + 1)
        let end = min(bytes.count, place + 1 + random.below(8))
        switch random.below(7) {
        case 0: bytes.replaceSubrange(place..<end, with: Self.words[random.below(Self.words.count)])
        case 1: bytes.insert(contentsOf: Self.words[random.below(Self.words.count)], at: place)
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count + 1))
        case 4: splice(at: place)
        case 5 where place < bytes.count: bytes[place] ^= 1 << random.below(8)
        default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        }
    }

    /// The rest of another input in the place of ours.
    private mutating func splice(at place: Int) {
        guard let other = corpus.randomElement(using: &random) else { return }
        bytes.replaceSubrange(place..., with: other[random.below(other.count + 1)...])
    }
}
