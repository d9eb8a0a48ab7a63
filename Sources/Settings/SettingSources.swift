/// Where values come from: the environment first, then the file, then the defaults.
package struct SettingSources: Sendable {
    private let environment: [String: String]
    private let file: SettingLines?
    private let readFile: @Sendable (String) -> String?

    /// `readFile` gives what a file holds, nil where it cannot be read.
    package init(
        environment: [String: String],
        file: SettingLines? = nil,
        readFile: @escaping @Sendable (String) -> String?
    ) {
        self.environment = environment
        self.file = file
        self.readFile = readFile
    }

    /// What is wrong with the file as such.
    package var fileProblems: [String] { file?.problems ?? [] }

    package enum Origin: Equatable, Sendable, CustomStringConvertible {
        case standard
        case environment
        case line(path: String, number: Int)
        /// A file that the setting of that name points to.
        indirect case pointed(path: String, by: String, Origin)

        package var description: String {
            switch self {
            case .standard: "default"
            case .environment: "environment"
            case .line(let path, let number): "\(path):\(number)"
            case .pointed(let path, let name, let origin): "\(path), by \(name) (\(origin))"
            }
        }
    }

    struct Found: Equatable {
        let text: String
        let origin: Origin
    }

    /// The value that counts, nil where none is set anywhere.
    func find(
        _ setting: any SettingDescription,
        for role: ProcessRole
    ) throws(SettingProblems) -> Found? {
        if let found = try find(setting, where: inEnvironment) { return found }
        if let found = try find(setting, where: inFile) { return found }
        return setting.standard.text(for: role).map { Found(text: $0, origin: .standard) }
    }

    /// A secret stands in one source either itself or as the name of a file.
    private func find(
        _ setting: any SettingDescription,
        where look: (String) -> Found?
    ) throws(SettingProblems) -> Found? {
        let plain = look(setting.name)
        guard let name = setting.fileName, let pointer = look(name) else { return plain }
        guard plain == nil else {
            throw SettingProblems("\(setting.name) and \(name) are both set; one is enough")
        }
        guard let text = readFile(pointer.text) else {
            throw SettingProblems("\(name) names \(pointer.text), which cannot be read")
        }
        let origin = Origin.pointed(path: pointer.text, by: name, pointer.origin)
        return Found(text: String(text[...].trimmed), origin: origin)
    }

    /// An empty value counts as none: that is what an unset variable in a compose file is.
    private func inEnvironment(_ name: String) -> Found? {
        guard let text = environment[name], !text.isEmpty else { return nil }
        return Found(text: text, origin: .environment)
    }

    private func inFile(_ name: String) -> Found? {
        guard let file, let line = file.lines[name], !line.value.isEmpty else { return nil }
        return Found(text: line.value, origin: .line(path: file.path, number: line.number))
    }
}
