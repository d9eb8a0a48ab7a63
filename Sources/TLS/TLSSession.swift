import COpenSSL
import NIOCore

/// The client's side of one TLS session as a value of states, without a socket.
///
/// States: *handshaking* → *established* → *closed* by the peer; a failure is an error thrown, after
/// which nothing but `takeCiphertext` may be called. Not a value: it owns OpenSSL's memory.
final class TLSSession {
    private let session: OpaquePointer
    private(set) var isEstablished = false

    init(context: TLSClientContext, host: String) throws(TLSError) {
        // C would read up to the zero only, and so expect another host than the one that was meant.
        guard !host.utf8.contains(0), let session = viva_tls_session_create(context.context, host)
        else {
            throw .unusable("host name \(host)")
        }
        self.session = session
    }

    deinit {
        viva_tls_session_free(session)
    }

    /// Goes on with the handshake; true when this call has completed it.
    func advanceHandshake() throws(TLSError) -> Bool {
        guard !isEstablished else { return false }
        switch viva_tls_session_handshake(session) {
        case 1:
            isEstablished = true
            return true
        case Int32(VIVA_TLS_AGAIN):
            return false
        default:
            throw failure()
        }
    }

    func feed(_ ciphertext: ByteBuffer) throws(TLSError) {
        let result = ciphertext.withUnsafeReadableBytes { bytes in
            viva_tls_session_feed(session, bytes.baseAddress, bytes.count)
        }
        guard result == 0 else { throw failure() }
    }

    enum Plaintext {
        case bytes(ByteBuffer)
        /// Nothing more for now.
        case none
        case closed
    }

    /// A TLS record holds 16 KiB of plaintext at most, and OpenSSL returns one at a time.
    private static let recordBytesMax = 16 * 1024

    /// Everything that has arrived decrypted, up to a bound; call again until `none`.
    func read(allocator: ByteBufferAllocator) throws(TLSError) -> Plaintext {
        var buffer = allocator.buffer(capacity: Self.recordBytesMax)
        var result = 0
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.recordBytesMax) { bytes in
            result = viva_tls_session_read(session, bytes.baseAddress, bytes.count)
            return max(result, 0)
        }
        switch result {
        case 1...: return .bytes(buffer)
        case VIVA_TLS_AGAIN: return .none
        case VIVA_TLS_CLOSED: return .closed
        default: throw failure()
        }
    }

    func write(_ plaintext: ByteBuffer) throws(TLSError) {
        let result = plaintext.withUnsafeReadableBytes { bytes in
            viva_tls_session_write(session, bytes.baseAddress, bytes.count)
        }
        guard result == 0 else { throw failure() }
    }

    func shutdown() {
        viva_tls_session_shutdown(session)
    }

    /// What has to go to the peer now, or nil.
    func takeCiphertext(allocator: ByteBufferAllocator) -> ByteBuffer? {
        let count = viva_tls_session_pending(session)
        guard count > 0 else { return nil }
        var buffer = allocator.buffer(capacity: count)
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { bytes in
            viva_tls_session_drain(session, bytes.baseAddress, count)
        }
        return buffer
    }

    private func failure() -> TLSError {
        .failed(String(cString: viva_tls_session_error(session)))
    }
}
