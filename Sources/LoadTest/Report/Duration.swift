/// A duration as people read it, in three digits: 950 µs, 4.21 ms, 12.3 s.
func durationText(_ microseconds: Int) -> String {
    switch microseconds {
    case ..<1_000: "\(microseconds) µs"
    case ..<1_000_000: threeDigits(microseconds) + " ms"
    default: threeDigits(microseconds / 1_000) + " s"
    }
}

/// Thousandths in three digits, as far as there are: 4.21, 42.1, 421.
private func threeDigits(_ thousandths: Int) -> String {
    let whole = thousandths / 1_000
    let rest = thousandths % 1_000
    switch whole {
    case ..<10: return "\(whole).\(padded(rest / 10, to: 2))"
    case ..<100: return "\(whole).\(rest / 100)"
    default: return "\(whole)"
    }
}

private func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// A count with its thousands apart: 12,345.
func countText(_ count: Int) -> String {
    var groups: [Substring] = []
    var rest = Substring(String(count.magnitude))
    while rest.count > 3 {
        groups.insert(rest.suffix(3), at: 0)
        rest = rest.dropLast(3)
    }
    return (count < 0 ? "-" : "") + ([rest] + groups).joined(separator: ",")
}

/// So many a second; below ten with a digit more, as few people type more slowly than that.
func rateText(_ count: Int, in seconds: Int) -> String {
    let tenths = count * 10 / max(1, seconds)
    return (1..<100).contains(tenths)
        ? "\(tenths / 10).\(tenths % 10)" : countText(count / max(1, seconds))
}

/// A span of time as people say it: 90 s, 2 min 30 s, 2 h 40 min.
func spanText(seconds: Int) -> String {
    let (whole, rest, large, small) =
        seconds < 7_200
        ? (seconds / 60, seconds % 60, "min", "s")
        : (seconds / 3_600, seconds / 60 % 60, "h", "min")
    if seconds < 120 { return "\(seconds) s" }
    return "\(whole) \(large)" + (rest == 0 ? "" : " \(rest) \(small)")
}

func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(countText(count)) \(count == 1 ? one : many)"
}

extension String {
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }

    func padded(left width: Int) -> String {
        String(repeating: " ", count: Swift.max(0, width - count)) + self
    }
}
