/// Why a TLS session could not be had or went wrong.
package enum TLSError: Error, Hashable, Sendable {
    /// Authorities that cannot be read, or a host name that cannot be compared with a certificate.
    case unusable(String)
    /// The peer or its certificate was not accepted, or what it sent is not TLS.
    case failed(String)
    /// The connection ended without the session's end: what came before may be incomplete.
    case truncated
}
