import NIOCore
import SocketIO

/// Reads what a client sends by RFC 6455, frame by frame, however the network cut it.
///
///     header ──header read──▶ payload ──last byte──▶ header
///        └──────────broke a rule──▶ failed ◀──────────┘
///
/// A rule is checked with the first byte that can break it, so that nobody makes us wait, or keep
/// what will be refused: the length before the payload, UTF-8 with each piece of it.
struct WebSocketReader {
    enum Event: Equatable {
        case text(ByteBuffer)
        case binary(ByteBuffer)
        /// To be answered with a pong of the same data.
        case ping(ByteBuffer)
        /// The client closes; the payload of its frame is what a close in answer repeats.
        case closed(ByteBuffer)
        case failed(WebSocketFailure)
    }

    private let messageBytesMax: Int
    /// What came and was not read: less than a header, between two calls.
    private var unread = ByteBuffer()
    private var frame: WebSocketFrame?
    /// How much of the frame's payload was read.
    private var frameBytes = 0
    /// The payload of the control frame under way, which may stand between two fragments.
    private var control = ByteBuffer()
    private var message: Message?
    private var hasFailed = false

    /// What is put together from one frame or more.
    private struct Message {
        let isText: Bool
        var bytes = ByteBuffer()
        var validator = UTF8Validator()
    }

    init(messageBytesMax: Int) {
        self.messageBytesMax = messageBytesMax
    }

    mutating func feed(_ bytes: ByteBuffer) {
        if unread.readableBytes == 0 { unread = bytes } else { unread.writeImmutableBuffer(bytes) }
    }

    /// The next event in what was fed; nil when more has to come first.
    ///
    /// Nothing follows a failure.
    mutating func next() -> Event? {
        guard !hasFailed else { return nil }
        do throws(WebSocketFailure) {
            while let finished = try readFrame() {
                if let event = try take(finished) { return event }
            }
        } catch {
            self = WebSocketReader(messageBytesMax: messageBytesMax)
            hasFailed = true
            return .failed(error)
        }
        // An idle connection keeps no piece of the network's buffers.
        if unread.readableBytes == 0 { unread = ByteBuffer() }
        return nil
    }

    // MARK: Frames

    /// Reads on; returns the frame whose last byte was read, nil when that is still to come.
    private mutating func readFrame() throws(WebSocketFailure) -> WebSocketFrame? {
        if frame == nil {
            guard let header = try WebSocketFrame(readingFrom: &unread) else { return nil }
            try begin(header)
            (frame, frameBytes) = (header, 0)
        }
        guard let frame else { return nil }
        let count = min(frame.length - frameBytes, unread.readableBytes)
        if count > 0, var piece = unread.readSlice(length: count) {
            piece.unmask(with: frame.mask, from: frameBytes)
            frameBytes += count
            try append(piece, of: frame)
        }
        guard frameBytes == frame.length else { return nil }
        self.frame = nil
        return frame
    }

    private mutating func begin(_ header: WebSocketFrame) throws(WebSocketFailure) {
        guard !header.opcode.isControl else { return }
        if header.opcode == .continuation {
            guard message != nil else { throw .nothingToContinue }
        } else {
            guard message == nil else { throw .messageUnfinished }
            message = Message(isText: header.opcode == .text)
        }
        guard header.length <= messageBytesMax - (message?.bytes.readableBytes ?? 0) else {
            throw .tooLarge(bytesMax: messageBytesMax)
        }
    }

    private mutating func append(
        _ piece: ByteBuffer,
        of frame: WebSocketFrame
    ) throws(WebSocketFailure) {
        guard !frame.opcode.isControl else {
            control.writeImmutableBuffer(piece)
            return
        }
        // Given up while it is appended to, or all bytes so far would be copied for each piece.
        guard var message = message.take() else { return }
        if message.isText {
            let isValid = piece.withUnsafeReadableBytes { message.validator.accepts($0) }
            guard isValid else { throw .notUTF8 }
        }
        if message.bytes.readableBytes == 0 {
            message.bytes = piece
        } else {
            message.bytes.writeImmutableBuffer(piece)
        }
        self.message = message
    }

    // MARK: Meaning

    private mutating func take(_ frame: WebSocketFrame) throws(WebSocketFailure) -> Event? {
        guard frame.opcode.isControl else { return frame.isFinal ? try takeMessage() : nil }
        let payload = control
        control = ByteBuffer()
        switch frame.opcode {
        case .ping: return .ping(payload)
        case .close: return .closed(try Self.closing(payload))
        // A pong that nobody asked for is a heartbeat in one direction (section 5.5.3).
        default: return nil
        }
    }

    private mutating func takeMessage() throws(WebSocketFailure) -> Event? {
        guard let message = message.take() else { return nil }
        guard message.validator.isComplete else { throw .notUTF8 }
        return message.isText ? .text(message.bytes) : .binary(message.bytes)
    }

    /// Sections 5.5.1 and 7.4: nothing, or a code that may be sent and a reason in UTF-8.
    private static func closing(_ payload: ByteBuffer) throws(WebSocketFailure) -> ByteBuffer {
        var rest = payload
        guard rest.readableBytes > 0 else { return payload }
        guard let code = rest.readInteger(as: UInt16.self) else { throw .halfCloseCode }
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: break
        default: throw .closeCodeInvalid
        }
        var validator = UTF8Validator()
        let isValid = rest.withUnsafeReadableBytes { validator.accepts($0) }
        guard isValid, validator.isComplete else { throw .reasonNotUTF8 }
        return payload
    }
}
