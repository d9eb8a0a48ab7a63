package import NIOCore

/// What an operator tells a process.
package enum ProcessOrder: String, Equatable, Sendable {
    /// Hand over what you have, and stop.
    case drain

    package func encoded() -> ByteBuffer { HeaderLine.encode(rawValue, body: []) }

    package init(_ message: ByteBuffer) throws(WireError) {
        guard let order = Self(rawValue: try HeaderLine(message).word(0)) else {
            throw .unknownVersion
        }
        self = order
    }
}
