import SocketIO

/// What a client did that RFC 6455 forbids, or that goes beyond our bounds: the close frame says it.
enum WebSocketFailure: Error, Equatable {
    case notMasked
    case reservedBits
    case reservedOpcode
    case fragmentedControl
    case longControl
    case nothingToContinue
    case messageUnfinished
    case lengthNotMinimal
    case lengthTooGreat
    case tooLarge(bytesMax: Int)
    case notUTF8
    case halfCloseCode
    case closeCodeInvalid
    case reasonNotUTF8

    /// Section 7.4.1.
    var code: UInt16 {
        switch self {
        case .tooLarge: 1009
        case .notUTF8, .reasonNotUTF8: 1007
        default: 1002
        }
    }

    /// What was expected, in at most 123 bytes: a control frame holds no more.
    var sentence: String {
        switch self {
        case .notMasked: "A client must mask every frame."
        case .reservedBits: "No extension was agreed on: the reserved bits must be 0."
        case .reservedOpcode: "The opcode must be 0, 1, 2, 8, 9 or 10."
        case .fragmentedControl: "A control frame must not be fragmented."
        case .longControl: "A control frame must have 125 bytes or fewer."
        case .nothingToContinue: "A continuation must follow a fragment."
        case .messageUnfinished: "A message must be finished before the next begins."
        case .lengthNotMinimal: "A length must be written in as few bytes as it needs."
        case .lengthTooGreat: "The first bit of a length must be 0."
        case .tooLarge(let bytesMax): "A message must have \(bytesMax) bytes or fewer."
        case .notUTF8: "A text message must be UTF-8."
        case .halfCloseCode:
            "A close frame must have no payload, or one that begins with two bytes of code."
        case .closeCodeInvalid: "A close code must be 1000 to 1003, 1007 to 1014 or 3000 to 4999."
        case .reasonNotUTF8: "The reason of a close must be UTF-8."
        }
    }

    /// As what the connection's end counts.
    var closeReason: CloseReason {
        if case .tooLarge = self { .tooLarge } else { .malformed }
    }
}
