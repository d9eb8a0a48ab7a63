/// Where a horizontal axis of so many seconds is marked: at steps in which people count.
struct TimeAxis {
    private static let steps = [
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200,
    ]

    let seconds: Int

    /// Places from 0 to 1.
    var marks: [(place: Double, text: String)] {
        let step = Self.steps.first { seconds / $0 <= 6 } ?? max(1, seconds)
        return stride(from: 0, through: seconds, by: step).map { second in
            (Double(second) / Double(max(1, seconds)), spanText(seconds: second))
        }
    }
}
