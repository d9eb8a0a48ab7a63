/// One thing that can be set: its name, what it may be, what it is where nobody sets it, what it means.
package struct Setting<Value: Sendable>: SettingDescription {
    package let name: String
    package let standard: SettingStandard
    package let roles: Set<ProcessRole>
    package let meaning: String
    package let form: SettingForm<Value>

    package init(
        _ name: String,
        _ form: SettingForm<Value>,
        standard: SettingStandard,
        roles: Set<ProcessRole> = Set(ProcessRole.allCases),
        meaning: String
    ) {
        self.name = name
        self.form = form
        self.standard = standard
        self.roles = roles
        self.meaning = meaning
    }

    package var allowed: String { form.allowed }
    package var secrecy: Secrecy { form.secrecy }

    package func misfit(of text: String) -> Misfit? {
        do throws(Misfit) {
            _ = try form.parse(text)
            return nil
        } catch { return error }
    }
}

/// What a setting is where nobody sets it.
package enum SettingStandard: Equatable, Sendable {
    case value(String)
    case byRole(gateway: String, owner: String)
    /// Nothing, which has a meaning of its own.
    case none
    /// The start is refused.
    case required

    package func text(for role: ProcessRole) -> String? {
        switch self {
        case .value(let text): text
        case .byRole(let gateway, let owner): role == .gateway ? gateway : owner
        case .none, .required: nil
        }
    }
}

/// A setting without the type of its value, for lists.
package protocol SettingDescription: Sendable {
    var name: String { get }
    var standard: SettingStandard { get }
    var roles: Set<ProcessRole> { get }
    var meaning: String { get }
    var allowed: String { get }
    var secrecy: Secrecy { get }
    /// What is wrong with a value; nil when nothing is.
    func misfit(of text: String) -> Misfit?
}

extension SettingDescription {
    /// Names the file that holds the value, for a secret.
    package var fileName: String? { secrecy.mayStandInFile ? name + "_FILE" : nil }
}
