import ArgumentParser
import Hashing

/// `viva keygen`: a secret for signing links.
struct KeygenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen",
        abstract: "Print a new secret, for VIVA_SECRET or VIVA_API_KEY.",
        discussion: """
            384 random bits in 64 letters, digits, - and _.

            To exchange the secret while people work, restart all gateways three times: first with the new \
            one as VIVA_OTHER_SECRET; then with the new one as VIVA_SECRET and the former one as \
            VIVA_OTHER_SECRET; and without the former one when no session needs its links any more.
            """
    )

    func run() { print(base64URL(randomBytes(48))) }
}
