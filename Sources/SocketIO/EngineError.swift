/// Why a transport's input is not Engine.IO or Socket.IO; the connection ends with it.
package enum EngineError: Error, Equatable {
    case malformedPacket
    case malformedSocketPacket
    /// Events with attachments are recognised, but not spoken yet.
    case binaryUnsupported
}
