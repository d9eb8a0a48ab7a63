/// The settings of one process, as what they have to be.
package struct SettingValues: Sendable {
    package let role: ProcessRole
    private let sources: SettingSources

    package init(_ role: ProcessRole, _ sources: SettingSources) {
        self.role = role
        self.sources = sources
    }

    package func value<Value>(_ setting: Setting<Value>) throws(SettingProblems) -> Value {
        guard let value = try optional(setting) else { throw missing(setting) }
        return value
    }

    /// The value, nil where none is set and there is no default.
    package func optional<Value>(_ setting: Setting<Value>) throws(SettingProblems) -> Value? {
        guard let found = try sources.find(setting, for: role) else { return nil }
        do throws(Misfit) {
            return try setting.form.parse(found.text)
        } catch {
            throw unusable(setting, found, error)
        }
    }

    /// Goes through all settings of this role, so that everything wrong is told at once.
    package func check(_ settings: [any SettingDescription]) throws(SettingProblems) {
        let wrong = sources.fileProblems + reports(settings).flatMap { $0.problem?.texts ?? [] }
        if !wrong.isEmpty { throw SettingProblems(wrong) }
    }

    /// What a setting is, where that comes from, and what is wrong with it.
    package struct Report: Sendable {
        package let setting: any SettingDescription
        /// What may be seen of the value; nil where there is none.
        package let shown: String?
        package let origin: SettingSources.Origin
        package let problem: SettingProblems?
    }

    package func reports(_ settings: [any SettingDescription]) -> [Report] {
        settings.filter { $0.roles.contains(role) }.map(report)
    }

    private func report(_ setting: any SettingDescription) -> Report {
        do throws(SettingProblems) {
            guard let found = try sources.find(setting, for: role) else {
                let problem = setting.standard == .required ? missing(setting) : nil
                return Report(setting: setting, shown: nil, origin: .standard, problem: problem)
            }
            return Report(
                setting: setting,
                shown: setting.secrecy.shown(found.text),
                origin: found.origin,
                problem: setting.misfit(of: found.text).map { unusable(setting, found, $0) }
            )
        } catch {
            return Report(setting: setting, shown: nil, origin: .standard, problem: error)
        }
    }

    private func missing(_ setting: any SettingDescription) -> SettingProblems {
        let file = setting.fileName.map { " or \($0)" } ?? ""
        return SettingProblems(
            "\(setting.name)\(file) is not set; it has to be \(setting.allowed) (\(setting.meaning))"
        )
    }

    private func unusable(
        _ setting: any SettingDescription,
        _ found: SettingSources.Found,
        _ misfit: Misfit
    ) -> SettingProblems {
        let seen = setting.secrecy.shown(found.text)
        let problem = misfit.problem ?? (seen == found.text ? "is \"\(seen)\"" : "does not fit")
        return SettingProblems(
            "\(setting.name) \(problem); it has to be \(setting.allowed) "
                + "(from: \(found.origin); \(setting.meaning))"
        )
    }
}

/// What stops the start, each in one line: which setting, what is wrong with it, what it may be.
package struct SettingProblems: Error, Equatable, CustomStringConvertible {
    package let texts: [String]

    package init(_ texts: [String]) { self.texts = texts }

    package init(_ text: String) { texts = [text] }

    package var description: String { texts.joined(separator: "\n") }
}
