/// A distribution as the values below which 0, 10, … 90, 95 and 99 % lie.
package struct Quantiles: Equatable, Sendable {
    static let shares: [Double] = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99]

    let values: [Int]

    /// Nil where there are not as many values as shares, or they do not grow.
    package init?(_ values: [Int]) {
        guard values.count == Self.shares.count, zip(values, values.dropFirst()).allSatisfy(<=),
            values.allSatisfy({ (0...1_000_000).contains($0) })
        else { return nil }
        self.values = values
    }

    fileprivate init(measured values: [Int]) { self.values = values }

    /// The value below which `share` of all lie, in straight lines between the known ones.
    ///
    /// The last one stands for all above it: what is rarer than one in a hundred would make no two
    /// runs alike.
    package func value(at share: Double) -> Int {
        guard let above = Self.shares.firstIndex(where: { $0 > share }) else {
            return values[values.count - 1]
        }
        let below = above - 1
        let part = (share - Self.shares[below]) / (Self.shares[above] - Self.shares[below])
        return values[below] + Int(part * Double(values[above] - values[below]))
    }
}

/// How people behave; the defaults are those of two recorded programming sessions.
///
/// Measured by `Tests/Benchmarks/TypingFigures/measure.py` over rustcode and sveltecomponent of
/// github.com/josephg/editing-traces (CC BY 4.0): 58,499 edits of one person each, with pauses up to
/// a minute. How often people switch languages, leave, or lose their network is not in there: those
/// are guesses, on the high side.
package struct Behavior: Equatable, Sendable {
    package var strokesPerBurst = Quantiles(measured: [1, 1, 1, 2, 4, 6, 8, 12, 18, 30, 45, 86])
    package var millisecondsPerStroke = Quantiles(
        measured: [50, 130, 154, 179, 200, 224, 244, 270, 310, 364, 427, 514]
    )
    package var pauseSeconds = Quantiles(measured: [3, 3, 3, 4, 5, 6, 8, 11, 16, 26, 39, 53])
    package var pasteLength = Quantiles(measured: [2, 3, 3, 3, 4, 5, 9, 13, 19, 42, 88, 413])
    package var cutLength = Quantiles(measured: [2, 3, 3, 4, 5, 8, 12, 17, 31, 66, 122, 575])
    package var replacementLength = Quantiles(
        measured: [1, 3, 4, 5, 7, 9, 12, 14, 16, 24, 45, 153]
    )
    package var moveLength = Quantiles(
        measured: [1, 5, 12, 23, 37, 56, 85, 160, 365, 1458, 5407, 37812]
    )
    /// Of a thousand edits; the rest are single keys.
    package var backspacesPerMille = 69
    package var pastesPerMille = 62
    package var cutsPerMille = 46
    package var replacementsPerMille = 58
    /// Moves of the caret before an edit, of a thousand edits.
    package var movesPerMille = 198
    /// Selections told to the others, of a thousand edits: a page tells each place of the caret.
    package var selectionsPerMille = 1_000
    package var languageChangesPerHour = 2
    package var leavesPerHour = 2
    package var networkLossesPerHour = 6
    /// How long somebody stays away, or a network does.
    package var awaySeconds = Quantiles(measured: [1, 1, 2, 2, 3, 3, 4, 5, 7, 10, 15, 30])
    /// Where a document has this length, people cut as much as they add.
    package var documentLengthMax = 20_000

    package init() {}
}
