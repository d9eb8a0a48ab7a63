/// What can come of a command, besides its reply.
///
/// What callers ask is whether the command may have been carried out: after `outcomeUnknown` and
/// `malformedReply` it may, after all others it was not.
package enum RedisError: Error, Hashable, Sendable {
    /// There is no connection now; it is being restored.
    case unavailable
    /// The connection ended before the reply came.
    case outcomeUnknown
    /// Too much is in flight already; nothing was sent.
    case overloaded
    /// Redis' own answer, beginning with its code in capitals (`WRONGTYPE …`).
    case refused(String)
    /// Redis had lost the script, which is being loaded again; the script did not run.
    case noScript
    /// What arrived is not RESP2 or breaks a limit; the connection was closed.
    case malformedReply(String)
    /// The connection could not be established, or TLS failed; for the log.
    case connectionFailed(String)
    /// A URL that cannot be understood, and why.
    case invalidURL(String)
}

extension RedisError {
    /// Redis refuses who we are: trying again at once is of no use, somebody must change something.
    var isAboutIdentity: Bool {
        guard case .refused(let message) = self else { return false }
        let code = message.prefix { $0 != " " }
        // Without a default user's password, Redis up to 7 answers AUTH with a plain ERR.
        return ["WRONGPASS", "NOAUTH", "NOPERM"].contains(code) || message.hasPrefix("ERR AUTH")
    }
}
