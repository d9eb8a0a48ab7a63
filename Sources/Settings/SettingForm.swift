/// What a value has to look like, and what it means then.
package struct SettingForm<Value: Sendable>: Sendable {
    /// For people: follows "it has to be".
    package let allowed: String
    package let secrecy: Secrecy
    let parse: @Sendable (String) throws(Misfit) -> Value

    package init(
        allowed: String,
        secrecy: Secrecy = .none,
        parse: @escaping @Sendable (String) throws(Misfit) -> Value
    ) {
        self.allowed = allowed
        self.secrecy = secrecy
        self.parse = parse
    }
}

/// How much of a value nobody may see, in an error neither.
package enum Secrecy: Sendable {
    case none
    case whole
    /// What is returned may be shown.
    case part(@Sendable (String) -> String)

    /// A secret may stand in a file of its own, named by the setting with `_FILE` behind it.
    var mayStandInFile: Bool {
        if case .none = self { false } else { true }
    }

    func shown(_ text: String) -> String {
        switch self {
        case .none: text
        case .whole: "(secret, \(text.utf8.count) bytes)"
        case .part(let mask): mask(text)
        }
    }
}

/// Why a value is none of its form.
package struct Misfit: Error, Equatable {
    /// Says what it is or has, without the value of a secret; nil where showing the value says enough.
    package let problem: String?

    package init(_ problem: String? = nil) { self.problem = problem }
}

extension SettingForm where Value == Int {
    /// `unit` is what the number counts, or its unit of time or size.
    package static func integer(_ range: ClosedRange<Int>, unit: String = "") -> Self {
        let unit = unit.isEmpty ? "" : " \(unit)"
        return Self(
            allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)\(unit)"
        ) { text throws(Misfit) in
            guard let number = Int(text), range.contains(number) else { throw Misfit() }
            return number
        }
    }
}

extension SettingForm where Value == String {
    /// Any text for which the condition holds.
    package static func text(
        _ allowed: String,
        where fits: @escaping @Sendable (String) -> Bool = { _ in true }
    ) -> Self {
        Self(allowed: allowed) { text throws(Misfit) in
            guard fits(text) else { throw Misfit() }
            return text
        }
    }
}

extension SettingForm where Value == [UInt8] {
    package static func secret(bytesMin: Int) -> Self {
        Self(allowed: "\(bytesMin) bytes or more", secrecy: .whole) { text throws(Misfit) in
            guard text.utf8.count >= bytesMin else {
                throw Misfit("has \(text.utf8.count) bytes")
            }
            return Array(text.utf8)
        }
    }
}

extension SettingForm where Value: CaseIterable & RawRepresentable<String> {
    package static var oneOf: Self {
        let words = Value.allCases.map(\.rawValue)
        let last = words.last ?? ""
        return Self(
            allowed: words.dropLast().joined(separator: ", ") + " or " + last
        ) { text throws(Misfit) in
            guard let value = Value(rawValue: text) else { throw Misfit() }
            return value
        }
    }
}
