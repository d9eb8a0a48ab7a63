import NIOCore
import NIOPosix
import TLS

/// Why a connection could not be made, in words of people who run servers.
func connectionReason(_ error: any Error) -> String {
    switch error {
    case let error as IOError where error.errnoCode == ECONNREFUSED:
        "connection refused, nothing listens there"
    case let error as IOError where error.errnoCode == EADDRNOTAVAIL:
        "this machine has no free local port left for that address"
    case let error as IOError where error.errnoCode == EMFILE:
        "this process may not open more files"
    case let error as IOError: "\(error)"
    // Without an attempt there was no address.
    case let error as NIOConnectionError:
        error.connectionErrors.first.map { connectionReason($0.error) } ?? "its host is not known"
    case ChannelError.connectTimeout: "no answer to the attempt to connect"
    case TLSError.failed(let reason): "TLS failed: \(reason)"
    case TLSError.truncated: "the connection ended within TLS; is it a port for http?"
    default: "\(error)"
    }
}
