/// What people type: a bit of code, over and over.
enum Corpus {
    private static let units = Array(
        """
        def longest(words):
            best = ""
            for word in words:
                if len(word) > len(best):
                    best = word
            return best

        class Node:
            def __init__(self, value, left=None, right=None):
                self.value = value
                self.left = left
                self.right = right

        # “What happens with an empty list?” — it returns "", as naïve as that is.
        assert longest(["a", "list", "of", "words"]) == "words"

        """.utf16
    )

    /// `count` units from a place; beyond the end it begins anew.
    static func units(_ count: Int, from place: Int) -> [UInt16] {
        (0..<max(0, count)).map { units[(place + $0) % units.count] }
    }

    static let text = String(decoding: units, as: UTF16.self)
}
