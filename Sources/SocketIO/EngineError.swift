/// Why a transport's input is not Engine.IO or Socket.IO; the connection ends with it.
package enum EngineError: Error, Equatable {
    case malformedPacket
    case malformedSocketPacket
    /// More attachments, or more of them together, than the limits allow.
    case attachmentsTooLarge

    package var closeReason: CloseReason {
        self == .attachmentsTooLarge ? .tooLarge : .malformed
    }
}
