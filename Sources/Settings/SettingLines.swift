/// A file of settings: a `NAME=value` a line, as Docker and systemd read such files too.
///
/// Empty lines and those that begin with `#` are for people. White space around name and value
/// does not count, nor does one pair of quotes around the value.
package struct SettingLines: Equatable, Sendable {
    package struct Line: Equatable, Sendable {
        package let number: Int
        package let value: String

        package init(number: Int, value: String) {
            self.number = number
            self.value = value
        }
    }

    package let path: String
    package private(set) var lines: [String: Line] = [:]
    /// Each begins with the place in the file.
    package private(set) var problems: [String] = []

    /// `known` are the names that may stand in it: any other is a mistake of somebody's typing.
    package init(_ text: String, path: String, known: Set<String>) {
        self.path = path
        let rows = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, row) in rows.enumerated() {
            read(row.trimmed, number: index + 1, known: known)
        }
    }

    private mutating func read(_ row: Substring, number: Int, known: Set<String>) {
        guard !row.isEmpty, row.first != "#" else { return }
        guard let equals = row.firstIndex(of: "=") else {
            return problems.append("\(path):\(number) is no NAME=value")
        }
        let name = String(row[..<equals].trimmed)
        guard known.contains(name) else {
            let hint = known.nearest(to: name).map { "; did you mean \($0)?" } ?? ""
            return problems.append("\(path):\(number) sets \(name), which is no setting\(hint)")
        }
        if let first = lines[name] {
            return problems.append(
                "\(path):\(number) sets \(name) again, after line \(first.number)"
            )
        }
        let value = row[row.index(after: equals)...].trimmed.unquoted
        lines[name] = Line(number: number, value: String(value))
    }
}

extension Substring {
    var trimmed: Substring {
        var rest = self.drop { $0.isWhitespace }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }

    fileprivate var unquoted: Substring {
        for quote in ["\"", "'"] where count > 1 && hasPrefix(quote) && hasSuffix(quote) {
            return dropFirst().dropLast()
        }
        return self
    }
}

extension Set<String> {
    /// The name that differs in the fewest letters, if that are few.
    func nearest(to name: String) -> String? {
        let nearest = map { (letters(from: $0, to: name), $0) }.min { $0 < $1 }
        return nearest.flatMap { $0.0 <= 3 ? $0.1 : nil }
    }
}

/// How many letters have to be put in, left out or exchanged (Levenshtein).
private func letters(from left: String, to right: String) -> Int {
    let right = Array(right.utf8)
    var row = Array(0...right.count)
    for (index, letter) in left.utf8.enumerated() {
        var diagonal = row[0]
        row[0] = index + 1
        for place in right.indices {
            let exchanged = diagonal + (letter == right[place] ? 0 : 1)
            diagonal = row[place + 1]
            row[place + 1] = min(exchanged, diagonal + 1, row[place] + 1)
        }
    }
    return row[right.count]
}
