import COpenSSL

/// Whom TLS sessions of this process trust; made once, used for many.
///
/// TLS 1.2 at least. The peer's certificate is always verified: there is no way to turn that off.
package final class TLSClientContext: Sendable {
    /// OpenSSL counts references to it atomically and nobody changes it after `init`.
    nonisolated(unsafe) let context: OpaquePointer

    /// `caFile` is a PEM file of the authorities to trust; nil means those of the system.
    package init(caFile: String? = nil) throws(TLSError) {
        var reason = [CChar](repeating: 0, count: 256)
        guard let context = viva_tls_context_create(caFile, &reason, reason.count) else {
            let text = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw .unusable(String(decoding: text, as: UTF8.self))
        }
        self.context = context
    }

    deinit {
        viva_tls_context_free(context)
    }
}
