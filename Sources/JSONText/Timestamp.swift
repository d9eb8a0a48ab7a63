/// A moment as RFC 3339 writes it, in UTC with milliseconds: `2026-03-02T09:30:00.000Z`.
package func timestamp(milliseconds: Int) -> String {
    let (days, inDay) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
    let date = civilDate(daysSince1970: days)
    let time = [inDay / 3_600_000, inDay / 60_000 % 60, inDay / 1_000 % 60].map {
        padded($0, to: 2)
    }
    return "\(padded(date.year, to: 4))-\(padded(date.month, to: 2))-\(padded(date.day, to: 2))"
        + "T\(time.joined(separator: ":")).\(padded(inDay % 1_000, to: 3))Z"
}

private func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// The Gregorian date of a day since 1970, counted in eras of 400 years that begin on 1 March, so
/// that the leap day comes last in its year.
private func civilDate(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
}
