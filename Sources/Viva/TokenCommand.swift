import ArgumentParser
import Gateway
import RoomModel
import Settings

/// `viva token`: what links carry, without asking any process.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make a session's link, or say what one is good for.",
        discussion: "Needs the deployment's secret and nothing else: no process is asked.",
        subcommands: [TokenMakeCommand.self, TokenVerifyCommand.self]
    )
}

/// `viva token make`: a link for a session and a role.
struct TokenMakeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "make",
        abstract: "Print the link of a role, or its token alone.",
        discussion: """
            Whether there is such a session is not looked up. The link is secret, like those of the \
            session itself, and the same: nothing is revoked by it.
            """
    )

    @Argument(help: "The session's ID, as in its links.")
    var session: String

    @Argument(
        help: "interviewer, candidate or observer.",
        completion: .list(Role.allCases.map(\.rawValue))
    )
    var role: Role

    @Flag(name: .customLong("token"), help: "Print the token alone, as programs send it.")
    var tokenAlone = false

    @OptionGroup var settings: SettingOptions

    func validate() throws {
        guard session.isIdentifier() else { throw ValidationError("\(session) is no session's ID") }
    }

    func run() throws {
        let (signer, publicURL) = try settings.orExit { () throws(SettingProblems) in
            let values = try settings.values(for: .gateway)
            return (
                Signer(secrets: try Configuration.secrets(values)),
                try values.value(ProcessSettings.publicURL)
            )
        }
        let token = signer.token(room: RoomID(rawValue: session), role: role)
        print(tokenAlone ? token : "\(publicURL)/s/\(session)#\(token)")
    }
}

/// `viva token verify`: what a link gives.
struct TokenVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Say which session and role a link is for, and which secret has signed it.",
        discussion: """
            Exit codes: 0 this deployment accepts it; 1 it does not. A link that needs VIVA_OTHER_SECRET \
            ends with that.
            """
    )

    @Argument(help: "A link or a token; read from the standard input where it is left out.")
    var link: String?

    @OptionGroup var settings: SettingOptions

    func run() throws {
        let secrets = try settings.orExit { () throws(SettingProblems) in
            try Configuration.secrets(try settings.values(for: .gateway))
        }
        let text = link ?? readLine() ?? ""
        let token = text.split(separator: "#", omittingEmptySubsequences: false).last ?? ""
        for (secret, name) in zip(secrets, ["VIVA_SECRET", "VIVA_OTHER_SECRET"]) {
            guard let found = Signer(secrets: [secret]).admission(of: String(token)) else {
                continue
            }
            return print(
                "session \(found.room.rawValue)\nrole    \(found.role.rawValue)\nsecret  \(name)"
            )
        }
        print("not signed by this deployment")
        throw ExitCode.failure
    }
}

extension Role: ExpressibleByArgument {}
